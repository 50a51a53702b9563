"""Folders of processes that are gone are removed, those of living ones and of strangers are not."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grader.engine import workplace
from grader.errors import FolderFault


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def left_by_a_dead_process(kind: str) -> Path:
    code = f"from grader.engine import workplace; print(workplace.make({kind!r}))"
    place = {**os.environ, "TMPDIR": tempfile.gettempdir()}
    return Path(
        subprocess.run(
            [sys.executable, "-c", code], env=place, capture_output=True, text=True, check=True
        ).stdout.strip()
    )


@pytest.mark.parametrize("kind", ["run", "scratch"])
def test_what_a_dead_process_left_is_swept(kind):
    folder = left_by_a_dead_process(kind)
    (folder / "deep").mkdir()
    (folder / "deep" / "file").write_text("x", encoding="utf-8")
    with workplace.workplace():
        assert not folder.exists()


def test_what_belongs_to_a_living_process_stays():
    folder = Path(workplace.make("scratch"))
    workplace.sweep()
    assert folder.exists()


def test_a_run_leaves_no_folder(tmp_path):
    with workplace.workplace() as folder:
        (folder / "file").write_text("x", encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_ours_is_left_alone(tmp_path):
    dead = left_by_a_dead_process("run")
    elsewhere = tmp_path / dead.name.replace(dead.name.split("-")[2], "1")  # of another name space of processes
    elsewhere.mkdir()
    link = tmp_path / (dead.name + "x")
    link.symlink_to(elsewhere)
    (tmp_path / "gradetape-run-mine").mkdir()
    workplace.sweep()
    assert {p.name for p in tmp_path.iterdir()} == {elsewhere.name, link.name, "gradetape-run-mine"}


def test_a_corpse_counts_as_gone():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert workplace._began(process.pid) == ""


def test_without_the_system_s_help_nothing_is_swept(monkeypatch, tmp_path):
    folder = left_by_a_dead_process("run")
    monkeypatch.setattr(workplace, "_space", lambda: "")
    made = Path(workplace.make("run"))
    workplace.sweep()
    assert folder.exists()
    assert made.exists()


def test_no_place_for_temporary_files_is_said(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    with pytest.raises(FolderFault, match="set TMPDIR"), workplace.workplace():
        pass
