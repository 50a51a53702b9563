"""Grades go to JSON and back, add up exactly, and survive a run that was stopped."""

from __future__ import annotations

import dataclasses
import json
import sqlite3

import pytest

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
from grader.store import FILE, Graded, Store, key_of
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


def test_a_kept_grade_of_another_format_is_graded_again(tmp_path):
    with Store(tmp_path) as store:
        store.put("key", Graded(grade(Outcome.PASSED), 1, 1, 1))
    with sqlite3.connect(tmp_path / FILE) as db:
        db.execute("UPDATE grade SET body = '{}'")
    db.close()
    with Store(tmp_path) as store:
        assert store.get("key") is None


def test_a_key_changes_with_everything_it_is_made_of():
    parts = ["a", 1, None, ("x",)]
    keys = {key_of(parts), key_of(["b", *parts[1:]]), key_of(parts[:-1]), key_of([*parts, ""])}
    assert len(keys) == 4
    assert key_of(parts) == key_of(list(parts))


def test_grades_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        grade().slug = "other"
