"""A real scheduler and real workers on this machine: the same bytes as at home, one worker killed, then the scheduler."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.cluster.access import Access
from grader.cluster.run import ClusterRun
from grader.course import load_course
from grader.engine.tiers import Tier, detect
from grader.errors import ClusterFault
from grader.grading import Options, plan
from grader.intake import take_in
from grader.store.store import Store
from tests.cli.conftest import RIGHT, SLUG, WRONG
from tests.faults.processes import children, with_variable

pytestmark = pytest.mark.slow
PATIENCE_S = 120
SLOWLY = "import time\ntime.sleep(1)\n"
REACHES = """
import os, socket
reached = [name for name in os.environ if "DASK" in name]
for port in {ports}:
    for host in ("127.0.0.1", "localhost"):
        try:
            socket.create_connection((host, port), 1)
            reached.append(port)
        except OSError:
            pass
"""


def until(what, patience_s=PATIENCE_S):
    deadline = time.monotonic() + patience_s
    while not (found := what()):
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
    return found


class Machines:
    """A scheduler and workers, each with temporary files of its own."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.processes = {}
        self.scheduler = self.start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = self.said("scheduler", r"Scheduler at: +(tcp://\S+)")

    def start(self, name, *words):
        temporary = self.folder / name
        temporary.mkdir(parents=True)
        with (self.folder / f"{name}.log").open("w") as log:
            self.processes[name] = subprocess.Popen(
                [sys.executable, "-m", "dask", *words],
                env={**os.environ, "TMPDIR": str(temporary), "PYTHONWARNINGS": "default"},
                stdout=log,
                stderr=log,
            )
        return self.processes[name]

    def worker(self, name, threads):
        words = ["--nthreads", threads, "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
        return self.start(name, "worker", self.address, *words)

    def said(self, name, pattern):
        log = self.folder / f"{name}.log"
        return until(lambda: re.search(pattern, log.read_text()))[1]

    def zygotes(self, name):
        below = children()[self.processes[name].pid]
        return [p for p in below if b"grader.engine.zygote" in Path(f"/proc/{p}/cmdline").read_bytes()]

    def left_by(self, name):
        """Processes, and folders of ours."""
        temporary = self.folder / name
        return [*with_variable(f"TMPDIR={temporary}"), *temporary.glob("gradetape-*")]

    def stop(self):
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(20)
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    if detect().best is Tier.PROCESS:
        pytest.skip("a cluster takes confined submissions only, and this machine confines none")
    made = Machines(tmp_path_factory.mktemp("machines"))
    try:
        made.worker("one", "1")
        made.worker("two", "2")
        for name in ("one", "two"):
            made.said(name, r"(Registered to)")
        yield made
    finally:
        made.stop()


@pytest.fixture
def learners(machines, tmp_path):
    """Five, who take a second each; one looks for the cluster."""
    ports = [int(machines.address.rpartition(":")[2]), int(machines.said("two", r"Start worker at: +tcp://\S+:(\d+)"))]
    reaches = REACHES.format(ports=ports) + RIGHT.replace("return", "assert not reached, reached\n    return")
    programs = {"ada": RIGHT, "bob": WRONG, "carl": "def double(:\n", "dora": reaches, "eve": f"# mine\n{RIGHT}"}
    for name, program in programs.items():
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / f"{SLUG}.py").write_text(SLOWLY + program, encoding="utf-8")
    return tmp_path / "class"


@pytest.mark.usefixtures("warm")
def test_a_worker_killed_in_mid_grading_costs_nothing_and_grades_are_those_of_this_machine(
    machines,
    learners,
    course,
    grader,
    tmp_path,
):
    there, here = tmp_path / "there", tmp_path / "here"
    words = ["grade", str(learners), "--course", str(course), "--seed", "3", "--lang", "en"]
    run = subprocess.Popen(
        [sys.executable, "-m", "grader", *words, "--out", str(there), "--scheduler", machines.address],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    one = machines.processes["one"]
    until(lambda: [judge for zygote in machines.zygotes("one") for judge in children()[zygote]])
    one.send_signal(signal.SIGKILL)
    said, _ = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 0, said
    assert "overcome: " in said
    assert "was lost with worker" in said
    one.wait()
    until(lambda: not with_variable(f"TMPDIR={machines.folder / 'one'}"))
    until(lambda: not list((machines.folder / "two").glob("gradetape-*")))  # the course, at the end of the run
    assert grader(*words, "--out", here).exit_code == 0
    assert (there / "grades.json").read_bytes() == (here / "grades.json").read_bytes()
    learned = json.loads((there / "grades.json").read_bytes())["learners"]
    outcomes = {one["name"]: {c["outcome"] for c in one["exercises"][0]["checks"]} for one in learned}
    passed = {"passed"}
    assert outcomes["ada"] == outcomes["eve"] == passed
    assert outcomes["dora"] == passed, "a submission reached the cluster"
    assert "failed" in outcomes["bob"]
    assert "errored" in outcomes["carl"]


class KillsTheScheduler:
    """A watch under which the scheduler dies as soon as the first grade has come."""

    def __init__(self, scheduler):
        self.scheduler = scheduler
        self.ended_ = 0

    def planned(self, total):
        pass

    def begun(self, job, learner):
        pass

    def ended(self, job, learner, graded, again):
        self.ended_ += 1
        self.scheduler.kill()


@pytest.mark.usefixtures("warm")
def test_a_scheduler_that_dies_is_said_and_the_next_run_goes_on_where_it_stopped(
    machines,
    learners,
    course,
    grader,
    tmp_path,
):
    loaded, out = load_course(course), tmp_path / "out"
    options = Options(4, detect().best)
    planned = plan(take_in([learners], loaded.slugs), loaded, options)
    watch = KillsTheScheduler(machines.scheduler)
    run = ClusterRun(Access(machines.address), loaded, options, watch)
    with Store(out) as store, pytest.raises(ClusterFault, match="is gone; start it again"):
        run.grade(planned, store)
    result = grader("grade", learners, "--course", course, "--seed", "4", "--out", out)
    assert result.exit_code == 0
    assert f"({watch.ended_} of the gradings were there already)" in result.stdout
    until(lambda: machines.processes["two"].poll() is not None)  # as Dask's workers do without their scheduler
    until(lambda: not machines.left_by("two"))
