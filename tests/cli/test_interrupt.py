"""Ctrl-C stops cleanly, and the same command goes on where it stopped."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import RIGHT, SLUG

LEARNERS = 30
WAIT_S = 120


def kept(out):
    """How many grades are on disk."""
    if not (out / "grades.sqlite").exists():
        return 0
    with closing(sqlite3.connect(f"file:{out / 'grades.sqlite'}?mode=ro", uri=True)) as db:
        try:
            return db.execute("SELECT count(*) FROM grade").fetchone()[0]
        except sqlite3.OperationalError:  # the file is there, its table is not yet
            return 0


def descendants(pid):
    """Processes whose ancestor is ``pid``."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int(re.sub(r".*\) ", "", (entry / "stat").read_text()).split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, grown = {pid}, True
    while grown:
        grown = {p for p, parent in parents.items() if parent in found} - found
        found |= grown
    return found - {pid}


def gone(pids):
    return not any(
        Path(f"/proc/{pid}/fd").exists() and b"Z" not in Path(f"/proc/{pid}/stat").read_bytes().split()[2:3]
        for pid in pids
    )


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_graded_and_the_next_run_goes_on(course, tmp_path):
    for i in range(LEARNERS):
        home = tmp_path / "class" / f"learner{i}"
        home.mkdir(parents=True)
        # Every file differs, so that each is graded; each waits a little, so that there is time to stop.
        (home / f"{SLUG}.py").write_text(f"import time\ntime.sleep(0.5)\nnumber = {i}\n{RIGHT}", encoding="utf-8")
    out = tmp_path / "report"
    words = [
        sys.executable,
        "-m",
        "grader",
        "grade",
        tmp_path / "class",
        "--out",
        out,
        "--course",
        course,
        "--jobs",
        "1",
    ]
    words = [str(w) for w in words]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        end = time.monotonic() + WAIT_S
        while kept(out) < 2 and time.monotonic() < end:
            time.sleep(0.05)
        others = descendants(process.pid)
        os.kill(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=WAIT_S)
    assert process.returncode == 130
    assert "The same command goes on from there" in said
    assert "Traceback" not in said
    assert others
    end = time.monotonic() + WAIT_S
    while not gone(others) and time.monotonic() < end:
        time.sleep(0.05)
    assert gone(others), "no judge and no kernel is left"
    before = kept(out)
    assert 2 <= before < LEARNERS
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert f"({before} of the gradings were there already)" in done.stdout
    learners = json.loads((out / "grades.json").read_text(encoding="utf-8"))["learners"]
    assert [[c["outcome"] for c in learner["exercises"][0]["checks"]] for learner in learners] == [
        ["passed"] * 2
    ] * LEARNERS
