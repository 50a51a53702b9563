"""A course file that is wrong costs no learner a point, and the other exercises nothing at all."""

from __future__ import annotations

import json

import pytest

from grader import skeleton
from grader.course import load_course
from grader.errors import AuthorError
from tests.cli.conftest import RIGHT, SLUG

OTHER = "thrice"


@pytest.fixture
def two(course, school):
    """Both learners hand in both exercises; only the second one's files are sound."""
    skeleton.write(load_course(course), OTHER)
    for home in school.iterdir():
        (home / f"{OTHER}.py").write_text(RIGHT, encoding="utf-8")
    return course / "exercises" / f"01_{SLUG}"


def breaks_toml(folder):
    (folder / "exercise.toml").write_text("number = ", encoding="utf-8")


def breaks_checks(folder):
    (folder / "checks.py").write_text("def f(:\n", encoding="utf-8")


def breaks_words(folder):
    path = folder / "exercise.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("title_ko", "title_kr"), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
@pytest.mark.parametrize("harm", [breaks_toml, breaks_checks, breaks_words])
def test_the_other_exercises_are_graded_all_the_same(grader, course, school, two, tmp_path, harm):
    harm(two)
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert result.exit_code == 3
    assert f"01_{SLUG}" in result.stderr
    assert "Traceback" not in result.stderr
    for learner in json.loads((tmp_path / "r" / "grades.json").read_text(encoding="utf-8"))["learners"]:
        broken, sound = learner["exercises"]
        assert broken["status"] == "faulted"
        assert broken["checks"] == []
        assert "it costs no points" in broken["messages"][-1]["en"]
        assert [c["outcome"] for c in sound["checks"]] == ["passed", "passed"]


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_a_broken_exercise_that_nobody_handed_in_is_only_said(grader, course, school, two, tmp_path):
    breaks_toml(two)
    for home in school.iterdir():
        (home / f"{SLUG}.py").unlink()
    result = grader("grade", school, "--out", tmp_path / "r", "--course", course)
    assert result.exit_code == 0
    assert "BROKEN COURSE FILE: " in result.stderr


def test_a_broken_exercise_is_listed_by_its_folder_s_name(grader, course, two):
    breaks_toml(two)
    result = grader("list", "--course", course)
    assert SLUG in result.stdout
    assert "is not valid TOML" in result.stderr


def test_a_missing_stub_is_named_with_the_repair(grader, course, tmp_path):
    (course / "exercises" / f"01_{SLUG}" / f"{SLUG}.py").unlink()
    with pytest.raises(AuthorError, match="grader release"):
        grader("init", tmp_path / "mine", "--course", course, "--lang", "en")


def test_an_author_s_command_refuses_a_broken_course(grader, course, two):
    breaks_toml(two)
    with pytest.raises(AuthorError, match="is not valid TOML"):
        grader("release", "--check", "--course", course)
