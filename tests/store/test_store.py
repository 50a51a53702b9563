"""Grades go to JSON and back, add up exactly, and survive a run that was stopped."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys

import pytest

from grader.errors import FolderFault
from grader.grades import (
    Capsule,
    CellRecord,
    CheckResult,
    ClassGrade,
    ExerciseGrade,
    Finding,
    LearnerGrade,
    Mistake,
    Outcome,
    Picture,
    PictureKind,
    RunRecord,
    Score,
    Status,
)
from grader.store import Graded, key_of
from grader.store.place import FILE
from grader.store.store import Store
from grader.text import Text

TEXT = Text("word", "말")
FINDING = Finding(TEXT, TEXT, None, TEXT, "f(1)", Mistake("m", TEXT), (TEXT,), "cell 1")
PICTURE = Picture(PictureKind.CURVES, TEXT, TEXT, {"series": [{"y": [1.0, None]}]})


def result(outcome, points=2):
    return CheckResult("a", TEXT, True, outcome, points, FINDING, (TEXT,), (PICTURE,), (TEXT,))


def grade(*outcomes):
    run = RunRecord((CellRecord(1, "NameError: x", "tb", 3, "cpu", (TEXT,)),), "out", 3, (TEXT,))
    return ExerciseGrade("rank", TEXT, Status.GRADED, "rank.py", "ab", (TEXT,), tuple(map(result, outcomes)), run)


def test_a_class_goes_to_json_and_back_unchanged():
    klass = ClassGrade(
        TEXT,
        Capsule("c", "ab", 1, "strict", {"keras": "3"}),
        (LearnerGrade("ada", "Ada", (grade(*Outcome),), (TEXT,)),),
        (TEXT,),
    )
    assert ClassGrade.from_json(json.loads(json.dumps(klass.to_json()))) == klass


def test_faulted_checks_count_neither_for_nor_against():
    assert grade(Outcome.PASSED, Outcome.FAULTED, Outcome.FAILED).score == Score(2, 4)
    assert grade(Outcome.FAULTED).faulted


@pytest.mark.parametrize(
    ("points", "maximum", "percent"), [(0, 0, 0), (0, 9, 0), (9, 9, 100), (1, 1000, 1), (999, 1000, 99), (1, 2, 50)]
)
def test_nothing_and_everything_are_shown_only_when_exact(points, maximum, percent):
    assert Score(points, maximum).percent == percent


def test_a_kept_grade_is_there_in_the_next_run(tmp_path):
    kept = Graded(grade(Outcome.PASSED), 1.5, 0.5, 90)
    with Store(tmp_path) as store:
        store.put("key", kept)
    with Store(tmp_path) as store:
        assert store.get("key") == kept
        assert store.get("other") is None


def test_a_grade_that_our_own_fault_touched_is_graded_again(tmp_path):
    with Store(tmp_path) as store:
        store.put("key", Graded(grade(Outcome.FAULTED), 1, 1, 1))
        assert store.get("key") is None


def kept_one(folder):
    with Store(folder) as store:
        store.put("key", Graded(grade(Outcome.PASSED), 1, 1, 1))
    return folder / FILE


def change(path, *statements):
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        for statement in statements:
            db.execute(*statement)


@pytest.mark.parametrize("body", ["{}", "[]", "nothing", '{"grade": 1}'])
def test_a_kept_grade_of_another_format_is_graded_again(tmp_path, body):
    checksum = hashlib.sha256(f"key\0{body}".encode()).hexdigest()
    change(kept_one(tmp_path), ("UPDATE grade SET body = ?, sha256 = ?", (body, checksum)))
    with Store(tmp_path) as store:
        assert store.get("key") is None


def test_a_kept_grade_that_was_changed_is_graded_again(tmp_path):
    change(kept_one(tmp_path), ("UPDATE grade SET body = replace(body, 'passed', 'failed')",))
    with Store(tmp_path) as store:
        assert store.get("key") is None


def test_a_kept_grade_under_another_key_is_graded_again(tmp_path):
    change(kept_one(tmp_path), ("UPDATE grade SET key = 'other'",))
    with Store(tmp_path) as store:
        assert store.get("other") is None


def halved(path):
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbled(path):
    data = bytearray(path.read_bytes())
    data[100:4000] = bytes(3900)
    path.write_bytes(data)


def no_store(path):
    path.write_text("something else", encoding="utf-8")


def of_another_version(path):
    change(path, ("PRAGMA user_version = 1",))


@pytest.mark.parametrize("damage", [halved, garbled, no_store, of_another_version])
def test_a_store_that_cannot_be_read_is_set_aside_and_a_new_one_begun(tmp_path, damage):
    path = kept_one(tmp_path)
    damage(path)
    before = path.read_bytes()
    with Store(tmp_path) as store:
        assert store.get("key") is None
        assert store.set_aside.read_bytes() == before
    kept_one(tmp_path)
    with Store(tmp_path) as store:
        assert store.set_aside is None
        assert store.get("key") is not None


def test_nothing_that_was_set_aside_is_lost_the_second_time(tmp_path):
    for number in (1, 2):
        (tmp_path / FILE).write_text(f"garbage {number}", encoding="utf-8")
        Store(tmp_path).close()
    assert [(tmp_path / f"{FILE}.old-{n}").read_text(encoding="utf-8") for n in (1, 2)] == ["garbage 1", "garbage 2"]


@pytest.mark.parametrize("begun", [b"", None], ids=["empty file", "no file"])
def test_a_store_whose_writer_was_killed_at_once_is_taken_up(tmp_path, begun):
    if begun is not None:
        (tmp_path / FILE).write_bytes(begun)
    with Store(tmp_path) as store:
        assert store.set_aside is None
        store.put("key", Graded(grade(Outcome.PASSED), 1, 1, 1))


def test_a_write_that_was_killed_half_way_is_rolled_back(tmp_path):
    kept_one(tmp_path)
    code = (
        "import os, signal, sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA cache_size = 1'); db.execute('BEGIN')\n"
        "for n in range(200): db.execute('INSERT INTO grade VALUES (?, ?, ?, ?)', (str(n), 's', 'x' * 5000, ''))\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", code, tmp_path / FILE], check=False)
    assert (tmp_path / f"{FILE}-journal").exists()
    with Store(tmp_path) as store:
        assert store.set_aside is None
        assert store.get("key") is not None
    with contextlib.closing(sqlite3.connect(tmp_path / FILE)) as db:
        assert db.execute("SELECT count(*) FROM grade").fetchone() == (1,)


def test_two_graders_do_not_share_a_folder(tmp_path):
    with Store(tmp_path), pytest.raises(FolderFault, match="in use: another grader"):
        Store(tmp_path)
    Store(tmp_path).close()


def test_a_folder_that_is_a_file_is_named_with_the_repair(tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(FolderFault, match=r"out cannot be written \(.*\): make it a folder"):
        Store(tmp_path / "out")


def test_a_folder_that_is_removed_meanwhile_is_said(tmp_path):
    with Store(tmp_path / "out") as store:
        store.put("key", Graded(grade(Outcome.PASSED), 1, 1, 1))
        shutil.rmtree(tmp_path / "out")
        with pytest.raises(FolderFault, match="removed while it was in use"):
            store.put("other", Graded(grade(Outcome.PASSED), 1, 1, 1))


def test_a_file_that_sqlite_cannot_write_is_named_where_the_folder_is_fine(tmp_path):
    with Store(tmp_path) as store:
        change(tmp_path / FILE, ("DROP TABLE grade",))
        for use in (lambda: store.get("key"), lambda: store.put("key", Graded(grade(Outcome.PASSED), 1, 1, 1))):
            with pytest.raises(FolderFault, match="move it away"):
                use()


def test_a_key_changes_with_everything_it_is_made_of():
    parts = ["a", 1, None, ("x",)]
    keys = {key_of(parts), key_of(["b", *parts[1:]]), key_of(parts[:-1]), key_of([*parts, ""])}
    assert len(keys) == 4
    assert key_of(parts) == key_of(list(parts))


def test_grades_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        grade().slug = "other"
