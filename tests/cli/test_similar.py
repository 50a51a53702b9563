"""``grader similar``: a class compared from the command line, with what an earlier grading recorded."""

from __future__ import annotations

import json

import click
import pytest

from grader.errors import AuthorError, FolderFault
from grader.grades import Capsule, CheckResult, ClassGrade, ExerciseGrade, Finding, LearnerGrade, Outcome, Status
from grader.text import Text
from tests.alike import copies
from tests.alike.small import ADA, BOB, EVE
from tests.cli.conftest import SLUG


@pytest.fixture
def school(tmp_path):
    """Ada's program came twice, the second time in other words."""
    for name, code in (("ada", ADA), ("bob", BOB), ("cat", copies.all_at_once(ADA, ("double",))), ("eve", EVE)):
        (tmp_path / "class" / name).mkdir(parents=True)
        (tmp_path / "class" / name / f"{SLUG}.py").write_text(code, encoding="utf-8")
    return tmp_path / "class"


def data(out):
    return json.loads((out / "similarity.json").read_text(encoding="utf-8"))


def test_a_class_is_compared_and_nothing_of_it_is_run(grader, course, school, tmp_path):
    (school / "bob" / f"{SLUG}.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n{BOB}", encoding="utf-8")
    result = grader("similar", school, "--out", tmp_path / "out", "--course", course)
    assert result.exit_code == 0
    assert "4 submissions compared, 1 pair is worth a look" in result.stdout
    assert [(p["left"]["name"], p["right"]["name"]) for p in data(tmp_path / "out")["pairs"]] == [("ada", "cat")]
    assert not (tmp_path / "ran").exists()
    assert "value * 1.5" in (tmp_path / "out" / "similarity.html").read_text(encoding="utf-8")


def test_the_page_speaks_korean_when_asked(grader, course, school, tmp_path):
    grader("similar", school, "--out", tmp_path / "out", "--course", course, "--lang", "ko")
    assert "비슷한 제출물" in (tmp_path / "out" / "similarity.html").read_text(encoding="utf-8")


def saved(out, *, weights=1):
    """What grading leaves: Bob and Eve trained the same and gave the same wrong answer."""
    out.mkdir(exist_ok=True)
    trace = {"kind": "weights", "name": "train", "about": "2x1 1", "digest": "ab" * 8, "calls": weights}
    rows = [{"learner": who, "slug": SLUG, "traces": [trace]} for who in ("bob", "eve")]
    (out / "evidence.json").write_text(json.dumps({"format": 1, "evidence": rows}), encoding="utf-8")
    finding = Finding(Text.same("no"), actual=Text.same("[1.2345678, 9.8765432]"))
    named = Finding(Text.same("no"))
    checks = tuple(
        CheckResult(name, Text.same(name), True, outcome, 1, found)
        for name, outcome, found in (
            ("ok", Outcome.PASSED, None),
            ("bad", Outcome.FAILED, finding),
            ("silent", Outcome.FAILED, named),
        )
    )
    grade = ExerciseGrade(SLUG, Text.same("Twice"), Status.GRADED, checks=checks)
    learners = tuple(LearnerGrade(who, who, (grade,)) for who in ("bob", "eve"))
    klass = ClassGrade(Text.same("Course"), Capsule("c", "0", 1, "strict", {}), learners)
    (out / "grades.json").write_text(json.dumps(klass.to_json()), encoding="utf-8")


@pytest.mark.parametrize("weights", [1, 2])
def test_what_grading_recorded_is_compared_too(grader, course, school, tmp_path, weights):
    saved(tmp_path / "out", weights=weights)
    grader("similar", school, "--out", tmp_path / "out", "--course", course)
    groups = {g["kind"]: [p["name"] for p in g["people"]] for g in data(tmp_path / "out")["groups"]}
    assert groups == {"trained": ["bob", "eve"], "answer": ["bob", "eve"]}
    assert len(data(tmp_path / "out")["pairs"]) == 1, "alone it says little"


@pytest.mark.parametrize("name", ["evidence.json", "grades.json"])
@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"evidence": [{}]}'])
def test_a_recording_that_cannot_be_read_is_named(grader, course, school, tmp_path, name, text):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / name).write_text(text, encoding="utf-8")
    with pytest.raises(AuthorError, match=name):
        grader("similar", school, "--out", tmp_path / "out", "--course", course)


def test_only_one_exercise_is_compared_when_asked(grader, course, school, tmp_path):
    assert grader("similar", school, "--out", tmp_path / "o", "--course", course, "--only", SLUG).exit_code == 0
    with pytest.raises(click.UsageError, match="no exercise"):
        grader("similar", school, "--out", tmp_path / "o", "--course", course, "--only", "nothing")


def test_a_folder_that_cannot_be_written_is_said(grader, course, school, tmp_path):
    (tmp_path / "out").write_text("", encoding="utf-8")
    with pytest.raises(click.UsageError, match="out"):
        grader("similar", school, "--out", tmp_path / "out" / "below", "--course", course)
    (tmp_path / "taken" / "similarity.html").mkdir(parents=True)
    with pytest.raises(FolderFault):
        grader("similar", school, "--out", tmp_path / "taken", "--course", course)


def test_nothing_handed_in_is_a_list_without_pairs(grader, course, tmp_path):
    (tmp_path / "none").mkdir()
    result = grader("similar", tmp_path / "none", "--out", tmp_path / "out", "--course", course)
    assert "0 submissions compared, 0 pairs are worth a look" in result.stdout
