"""Two gradings compared: whose grades differ, by how much, and why as far as what was recorded tells."""

from __future__ import annotations

import dataclasses
import json

import click
import pytest

from grader.attempts import History
from grader.grades import (
    Adjustment,
    AdjustmentKind,
    ClassGrade,
    Counted,
    ExerciseCapsule,
    LearnerGrade,
    Outcome,
    Status,
)
from grader.run_diff import Difference, Side, difference
from grader.store.store import Store
from grader.text import Text
from tests.cli.conftest import grader
from tests.store.made import CAPSULE, attempt, grade, run

__all__ = ["grader"]
PASSED, FAILED, FAULTED = Outcome.PASSED, Outcome.FAILED, Outcome.FAULTED
OTHER = "cd" * 32


def compared(old, new, **circumstances):
    return difference(
        Side("one", CAPSULE, tuple(old)), Side("two", dataclasses.replace(CAPSULE, **circumstances), tuple(new))
    )


def why(found):
    return [(reason.kind, reason.text) for change in found.changes for reason in change.reasons]


def test_the_same_grades_are_no_difference_whatever_else_changed():
    ada = attempt("ada", PASSED)
    assert compared([ada], [dataclasses.replace(ada, runs=(2,))]).changes == ()
    found = compared([ada], [ada], versions={"keras": "4"}, isolation="process")
    assert found.changes == ()
    assert [r.text for r in found.circumstances] == ["keras 3 → 4", "isolation strict → process"]


def test_another_file_is_the_reason_and_checks_say_by_how_much():
    found = compared(
        [attempt("ada", FAILED, PASSED), attempt("bob", PASSED)],
        [attempt("ada", PASSED, PASSED, sha256=OTHER), attempt("bob", PASSED)],
    )
    (change,) = found.changes
    assert (change.learner, change.slug, change.before, change.after, change.points) == (
        "ada",
        "rank",
        "2 / 4",
        "4 / 4",
        2,
    )
    assert [(c.id, c.before, c.after, c.points) for c in change.checks] == [("check0", "failed", "passed", 2)]
    assert why(found) == [("submission", "another file: abababab → cdcdcdcd")]
    assert [(t.learner, t.before, t.after) for t in found.totals] == [("ada", "2 / 4", "4 / 4")]


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"exercises": (ExerciseCapsule("rank", "ef", 9),)}, [("course", "its checks, words or limits: cd → ef")]),
        ({"exercises": (ExerciseCapsule("rank", "cd", 9),), "seed": 9}, [("seed", "seed 7 → 9")]),
        ({"versions": {"keras": "4"}}, [("versions", "keras 3 → 4")]),
        ({"versions": {"keras": "3", "gradetape": "2"}}, [("code", "gradetape none → 2")]),
        ({"isolation": "process"}, [("isolation", "isolation strict → process")]),
        (
            {"exercises": (ExerciseCapsule("matmul", "ef", 9),)},
            [("unknown", "nothing that was recorded differs: a check that does not always agree?")],
        ),
    ],
)
def test_what_the_grade_depended_on_is_the_reason(changed, reasons):
    assert why(compared([attempt("ada", PASSED)], [attempt("ada", FAILED)], **changed)) == reasons


def test_a_changed_check_of_another_exercise_is_no_reason():
    found = compared(
        [attempt("ada", PASSED)],
        [attempt("ada", PASSED)],
        exercises=(ExerciseCapsule("rank", "cd", 7), ExerciseCapsule("matmul", "ef", 9)),
    )
    assert found.changes == ()
    assert [r.text for r in found.circumstances] == ["the course: matmul"]


def test_our_own_fault_is_said():
    assert why(compared([attempt("ada", FAULTED)], [attempt("ada", PASSED)])) == [
        ("fault", "the grader's own fault the first time")
    ]


def under_policy(one, points, text, **more):
    adjustment = Adjustment(AdjustmentKind.LATE, Text.same(text))
    return dataclasses.replace(one, counted=Counted(points, one.earned.max_points, adjustments=(adjustment,)), **more)


def test_a_policy_is_the_reason_where_it_changed_and_the_time_where_that_did():
    ada = attempt("ada", PASSED)
    late = under_policy(ada, 1, "1 day late")
    found = compared([ada], [late], policy_sha256="ab")
    assert why(found) == [("policy", "1 day late")]
    assert found.changes[0].points == -1
    assert why(compared([late], [ada], policy_sha256="ab")) == [("policy", "no longer: 1 day late")]
    later = under_policy(ada, 0, "2 days late", submitted_at="2026-03-20T00:00:00Z")
    assert why(compared([late], [later])) == [("time", "2 days late"), ("time", "no longer: 1 day late")]


def test_who_came_or_went_is_said():
    found = compared([attempt("ada", PASSED)], [attempt("bob", PASSED)])
    assert [(c.learner, c.before, c.after) for c in found.changes] == [("bob", "", "2 / 2"), ("ada", "2 / 2", "")]
    missing = dataclasses.replace(attempt("ada", FAILED), status=Status.MISSING, sha256="")
    (change,) = compared([missing], [attempt("ada", PASSED)]).changes
    assert (change.before, change.after) == ("0 / 2 (missing)", "2 / 2")
    assert change.reasons[0].text == "another file: none → abababab"


@pytest.fixture
def out(tmp_path):
    """Three runs of one folder: ada gets better in the third."""
    with Store(tmp_path / "out") as store:
        for n, outcome in enumerate([FAILED, FAILED, PASSED]):
            store.record(run(n), [attempt("ada\x1b[31m", outcome, sha256=OTHER if n == 2 else "ab" * 32)])
    return tmp_path / "out"


def test_the_last_two_runs_are_compared_and_a_difference_exits_with_1(grader, out):
    result = grader("diff", out)
    assert result.exit_code == 1
    assert "run 2, 2026-03-20T10:01:30+00:00" in result.stdout
    assert "another file: abababab → cdcdcdcd" in result.stdout
    assert "check0: failed → passed +2" in result.stdout
    assert "1 grades of 1 learners differ" in result.stdout
    assert "\x1b" not in result.stdout


def test_any_two_runs_can_be_named_and_the_same_exits_with_0(grader, out):
    result = grader("diff", out, 1, 2)
    assert result.exit_code == 0
    assert "all grades are the same" in result.stdout
    assert grader("diff", "--store", f"sqlite:///{out / 'grades.sqlite'}", 3, 1).exit_code == 1
    assert grader("diff", f"sqlite:///{out / 'grades.sqlite'}").exit_code == 1


def test_the_difference_is_there_as_data(grader, out):
    data = json.loads(grader("diff", out, "--json").stdout)
    assert Difference.from_json(data).changes[0].points == 2


def test_two_folders_or_files_are_compared(grader, tmp_path):
    for name, outcome in (("a", PASSED), ("b", FAILED)):
        klass = ClassGrade(Text.same(""), CAPSULE, (LearnerGrade("ada", "Ada", (grade(outcome),)),))
        (tmp_path / name).mkdir()
        (tmp_path / name / "grades.json").write_text(json.dumps(klass.to_json()), encoding="utf-8")
    assert grader("diff", tmp_path / "a", tmp_path / "b").exit_code == 1
    assert grader("diff", tmp_path / "a", tmp_path / "a" / "grades.json").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "name the --out"),
        (["out", "1"], "name the --out"),
        (["out", "1", "9"], "there is no run 9; the last ones are: 1, 2, 3"),
        (["nowhere"], "no grades.sqlite"),
        (["nowhere", "out"], "cannot be read"),
        (["out/grades.sqlite", "out/grades.sqlite"], "is no grades.json"),
        (["--store", "postgresql://ada:secret@127.0.0.1:1/db"], r"ada:\*\*\*@127"),
    ],
)
def test_what_cannot_be_compared_is_a_usage_error(grader, out, words, said, monkeypatch):
    monkeypatch.chdir(out.parent)
    with pytest.raises(click.UsageError, match=said) as caught:
        grader("diff", *words)
    assert "secret" not in str(caught.value)


def test_one_run_is_not_enough(grader, tmp_path):
    with Store(tmp_path) as store:
        store.record(run(), [])
        assert len(store.history().runs) == 1
        assert History() != store.history()
    with pytest.raises(click.UsageError, match="has recorded 1 of the two runs that are needed"):
        grader("diff", tmp_path)
