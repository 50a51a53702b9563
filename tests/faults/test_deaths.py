"""Who dies, and what becomes of the grade: one death at a time, on purpose."""

from __future__ import annotations

import json
import os
import signal

import pytest

from grader.course import load_course
from grader.engine.client import Zygote
from grader.engine.tiers import Tier
from grader.engine.workplace import workplace
from grader.errors import GraderFault
from grader.grades import Status
from grader.grading import PRELOAD, Options, Run, plan
from grader.intake import take_in
from grader.judge import Job
from grader.judges import MOST_DEATHS, TRIES, Judges
from tests.cli.conftest import RIGHT, SLUG

pytestmark = pytest.mark.slow
KILLS_ITSELF = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"


class KillsTheZygote:
    """A watch under which the zygote dies as soon as the first grading has begun."""

    def __init__(self, zygote):
        self.zygote = zygote

    def planned(self, total):
        pass

    def begun(self, job, learner):
        if self.zygote is not None:
            os.kill(self.zygote.pid, signal.SIGKILL)
            self.zygote = None

    def ended(self, job, learner, graded, again):
        pass


def test_where_the_zygote_dies_the_run_goes_on_with_another_one(course, school, tmp_path):
    loaded = load_course(course)
    planned = plan(take_in([school], loaded.slugs), loaded, options := Options(1, Tier.PROCESS, 2))
    with Zygote.start(preload=PRELOAD) as first, workplace() as folder:
        run = Run(first, loaded, options, folder, KillsTheZygote(first))
        done = run.grade(planned, None)
        assert first.died()
        assert all(zygote.died() for zygote in run.judges.started)  # closed with the run
    scores = [done[p.key].grade.score for p in planned]
    assert [(s.points, s.max_points) for s in scores] == [(10, 10), (0, 10)]
    assert any("the zygote died, another one was started" in fault for fault in run.faults)


class DeadZygote:
    """Dies whenever it is asked."""

    asked = 0

    def fork_judge(self, entry, job):
        DeadZygote.asked += 1
        raise GraderFault("the zygote is gone")

    def died(self, wait_s=0):
        return True

    def close(self):
        pass


class StuckZygote(DeadZygote):
    """Lives, but has no more processes to give."""

    def died(self, wait_s=0):
        return False


def job(course):
    return Job(str(course), SLUG, "twice.py", "", ("x = 1",), 1, "process")


def test_zygotes_that_die_one_after_another_end_the_run(course, tmp_path):
    judges = Judges(DeadZygote(), tmp_path, DeadZygote)
    with pytest.raises(GraderFault, match=f"{MOST_DEATHS + 1} zygotes died"):
        judges.grade(job(course), load_course(course).exercise(SLUG))


def test_a_zygote_that_does_not_start_is_tried_again(course, tmp_path):
    tries = []

    def start():
        tries.append(1)
        raise GraderFault("the zygote did not start")

    with pytest.raises(GraderFault, match="zygotes died"):
        Judges(DeadZygote(), tmp_path, start).grade(job(course), load_course(course).exercise(SLUG))
    assert len(tries) == MOST_DEATHS


def test_a_zygote_that_cannot_fork_is_a_fault_that_costs_nothing(course, tmp_path):
    DeadZygote.asked = 0
    judges = Judges(StuckZygote(), tmp_path)
    graded = judges.grade(job(course), load_course(course).exercise(SLUG))
    assert graded.grade.status is Status.FAULTED
    assert DeadZygote.asked == TRIES
    assert judges.faults == ["the zygote is gone"]


def exercise_of(out, learner):
    learners = json.loads((out / "grades.json").read_text(encoding="utf-8"))["learners"]
    return next(one["exercises"][0] for one in learners if one["name"] == learner)


@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("tier", ["process", "landlock", "strict"])
def test_a_program_that_kills_itself_is_told_so_every_time(grader, course, school, tmp_path, tier):
    """In the strict tier it cannot: the first process of a name space does not hear its own SIGKILL."""
    if tier not in tiers():
        pytest.skip(f"this machine does not give the tier {tier}")
    (school / "ada" / f"{SLUG}.py").write_text(RIGHT + "\n# %%\n" + KILLS_ITSELF, encoding="utf-8")
    outs = [tmp_path / "one", tmp_path / "two"]
    for out in outs:
        assert grader("grade", school, "--out", out, "--course", course, "--isolation", tier).exit_code == 0
    assert outs[0].joinpath("grades.json").read_bytes() == outs[1].joinpath("grades.json").read_bytes()
    grade = exercise_of(outs[0], "ada")
    assert [c["outcome"] for c in grade["checks"]] == ["passed", "passed"]
    notes = [note["en"] for note in grade["run"]["notes"]]
    assert any("ended its own process" in note for note in notes) == (tier != "strict")


@pytest.mark.usefixtures("warm")
def test_a_kernel_that_was_killed_once_from_outside_costs_nothing(grader, course, school, tmp_path):
    once = f"import os\nif not os.path.exists({str(tmp_path / 'mark')!r}):\n    open({str(tmp_path / 'mark')!r}, 'w').close()\n    os.kill(os.getpid(), 9)\n"
    (school / "ada" / f"{SLUG}.py").write_text(once + RIGHT, encoding="utf-8")
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course, "--isolation", "process")
    assert result.exit_code == 0
    assert "overcome: " in result.stderr
    assert "a kernel was killed" in result.stderr
    grade = exercise_of(tmp_path / "r", "ada")
    assert [c["outcome"] for c in grade["checks"]] == ["passed", "passed"]
    assert grade["run"]["notes"] == []


@pytest.mark.usefixtures("warm")
def test_a_kernel_that_is_killed_in_a_call_is_called_again(grader, course, school, tmp_path):
    mark = str(tmp_path / "mark")
    code = f"import os\ndef double(x):\n    if not os.path.exists({mark!r}):\n        open({mark!r}, 'w').close()\n        os.kill(os.getpid(), 9)\n    return x + x\n"
    (school / "ada" / f"{SLUG}.py").write_text(code, encoding="utf-8")
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course, "--isolation", "process")
    assert result.exit_code == 0
    assert [c["outcome"] for c in exercise_of(tmp_path / "r", "ada")["checks"]] == ["passed", "passed"]


def tiers():
    from grader.engine.tiers import detect

    best = detect()
    have = {"process"} | ({best.best.value} if best.best is not Tier.PROCESS else set())
    return have | ({"landlock"} if best.layers.get("landlock") == "ok" else set())
