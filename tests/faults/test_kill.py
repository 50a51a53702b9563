"""Whatever is killed, and whenever: no grade is lost, none is wrong, and nothing is left behind.

A killer with a stated seed sends SIGKILL to processes of running gradings at random moments. 25 moments here, 100 in
`make fuzz` (GRADETAPE_FUZZ=long).
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults import school
from tests.faults.processes import by_kind, with_variable

pytestmark = pytest.mark.slow
SEED = 20251122
ROUNDS = 4 if os.environ.get("GRADETAPE_FUZZ") == "long" else 1
# Who dies in one round. A fresh zygote takes five seconds: so the small ones die more often.
ROUND = {"kernel": 9, "judge": 7, "supervisor": 5, "zygote": 2, "coordinator": 2}
MOMENTS = ROUNDS * sum(ROUND.values())
MEAN_S = 0.2
AT_START = 0.001  # every 10 ms while nothing is graded: a few die while they start
WAIT_S = 200
FAULT, KILLED = 3, -signal.SIGKILL


def kept(out: Path) -> dict[str, dict[str, object]]:
    """Key -> grade of what is in the store, which must be sound."""
    if not (out / "grades.sqlite").exists():
        return {}
    with closing(sqlite3.connect(out / "grades.sqlite")) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return {}
        return {key: json.loads(body)["grade"] for key, body in db.execute("SELECT key, body FROM grade")}


class Killer:
    """Counts its moments; a run that it has disturbed is over when the process ends."""

    def __init__(self, rounds: int) -> None:
        self.killed = dict.fromkeys(ROUND, 0)
        self._random = random.Random(SEED)
        self.todo = [kind for kind, count in ROUND.items() for _ in range(count * rounds)]
        self._random.shuffle(self.todo)

    def haunt(self, run: subprocess.Popen[str]) -> None:
        """Until ``run`` ends, or nobody is left to be killed."""
        end = time.monotonic() + WAIT_S
        while self.todo and run.poll() is None:
            time.sleep(self._random.expovariate(1 / MEAN_S))
            while run.poll() is None and not self._kill(by_kind(run.pid)):
                assert time.monotonic() < end, "a run hangs"
                time.sleep(0.01)

    def _kill(self, there: dict[str, list[int]]) -> bool:
        """Kills the next one, if one of its kind is there; coordinators and zygotes mostly when they are at work."""
        kind = self.todo[-1]
        if not there[kind] or not (there["kernel"] or self._random.random() < AT_START):
            return False
        try:
            os.kill(self._random.choice(there[kind]), signal.SIGKILL)
        except ProcessLookupError:
            return False
        self.killed[self.todo.pop()] += 1
        return True


def faulted(grades: dict[str, object]) -> bool:
    return grades["status"] == "faulted" or any(check["outcome"] == "faulted" for check in grades["checks"])


def same_but_for_faults(found: bytes, wanted: bytes) -> None:
    """A run that was disturbed too much says so, and whatever it did grade is right."""
    pairs = zip(json.loads(found)["learners"], json.loads(wanted)["learners"], strict=True)
    for learner, expected in pairs:
        for grade, right in zip(learner["exercises"], expected["exercises"], strict=True):
            assert faulted(grade) or grade == right


def test_killed_at_random_moments(tmp_path):
    folder = school.write(tmp_path / "class")
    first = school.start(school.command(folder, tmp_path / "calm", "--jobs", "2"), tmp_path / "tmp")
    said, _ = first.communicate(timeout=WAIT_S)
    assert first.returncode == 0, said
    wanted, right = (tmp_path / "calm" / "grades.json").read_bytes(), kept(tmp_path / "calm")
    assert len(right) == 2 * school.LEARNERS
    killer, runs, classes = Killer(ROUNDS), 0, 0
    while killer.todo:
        classes += 1
        out = tmp_path / f"out{classes}"
        code = None
        while code != 0:
            runs += 1
            assert runs < MOMENTS + 20, "it never comes to an end"
            before = kept(out)
            run = school.start(school.command(folder, out, "--jobs", "2"), tmp_path / "tmp")
            killer.haunt(run)
            said, _ = run.communicate(timeout=WAIT_S)
            code = run.returncode
            assert code in (0, FAULT, KILLED), said
            assert before.items() <= kept(out).items() <= right.items()
            if code == FAULT and (out / "grades.json").exists():
                same_but_for_faults((out / "grades.json").read_bytes(), wanted)
        assert (out / "grades.json").read_bytes() == wanted
        assert kept(out) == right
    sys.stdout.write(f"\nseed {SEED}: {killer.killed} in {runs} runs of {classes} classes\n")
    assert sum(killer.killed.values()) == MOMENTS
    end = time.monotonic() + 20
    while (left := with_variable(f"TMPDIR={tmp_path / 'tmp'}")) and time.monotonic() < end:
        time.sleep(0.1)
    assert not left
    assert sorted(p.name for p in (tmp_path / "tmp").iterdir()) == []
