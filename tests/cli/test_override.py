"""``grader override``: an override is in the policy with who, why and when, and a broken policy stays as it is."""

from __future__ import annotations

import json

import click
import pytest

from grader.errors import AuthorError
from grader.grades import ClassGrade, LearnerGrade
from grader.policy.reading import read_policy
from grader.text import Text
from tests.cli.conftest import SLUG
from tests.policy.made import CAPSULE, work

WORDS = ("--points", "3.5", "--reason", 'seen by hand: "twice"', "--author", "Prof. 이")


def test_an_override_is_written_after_what_stands_there(grader, course):
    path = course / "policy.toml"
    path.write_text("# ours\n[drop]\nlowest = 1\n", encoding="utf-8")
    for check in ([], ["doubles_one_vector"]):
        assert grader("override", "김민준", SLUG, *check, *WORDS, "--course", course).exit_code == 0
    assert path.read_text(encoding="utf-8").startswith("# ours\n[drop]\nlowest = 1\n\n[[override]]\n")
    first, second = read_policy(path, (SLUG,)).overrides
    assert (first.learner, first.points, first.author) == ("김민준", 3.5, "Prof. 이")
    assert first.reason == 'seen by hand: "twice"'
    assert (first.check, second.check) == ("", "doubles_one_vector")
    assert first.written[:2] == "20"


def test_another_file_can_be_named(grader, course, tmp_path):
    grader("override", "ada", SLUG, *WORDS, "--course", course, "--policy", tmp_path / "mine.toml")
    assert len(read_policy(tmp_path / "mine.toml", (SLUG,)).overrides) == 1
    assert not (course / "policy.toml").exists()


def test_a_broken_policy_stays_as_it_is(grader, course):
    (course / "policy.toml").write_text("[latte]\n", encoding="utf-8")
    with pytest.raises(AuthorError, match="latte is unknown"):
        grader("override", "ada", SLUG, *WORDS, "--course", course)
    assert (course / "policy.toml").read_text(encoding="utf-8") == "[latte]\n"


def test_nothing_can_be_smuggled_into_the_policy(grader, course):
    nasty = '"\n[drop]\nlowest = 1\n\x1b[31m\ud800\x7f'
    grader("override", nasty, SLUG, "--points", 1, "--reason", nasty, "--author", nasty, "--course", course)
    made = read_policy(course / "policy.toml", (SLUG,))
    assert made.drop_lowest == 0
    assert len(made.overrides) == 1


@pytest.mark.parametrize("points", ["-1", "many", "1/0", "0.005", "nan", "1e9"])
def test_points_that_are_no_points_are_refused(grader, course, points):
    with pytest.raises((click.UsageError, AuthorError), match="points"):
        grader("override", "ada", SLUG, "--points", points, "--reason", "r", "--author", "a", "--course", course)
    assert not (course / "policy.toml").exists()


@pytest.mark.parametrize(
    ("learner", "check", "points", "said"),
    [
        ("eve", [], 1, "no learner “eve”"),
        ("ada", ["gone"], 1, "has no check “gone”; it has: c0"),
        ("ada", ["c0"], 2, "it is worth 1"),
        ("ada", [], 5, "it is worth 4"),
        ("ada", ["c0"], 1, ""),
    ],
)
def test_saved_grades_tell_whether_there_is_such_a_learner_and_check(
    grader, course, tmp_path, learner, check, points, said
):
    klass = ClassGrade(Text.same(""), CAPSULE, (LearnerGrade("ada", "Ada", (work(SLUG, 1),)),))
    (tmp_path / "grades.json").write_text(json.dumps(klass.to_json()), encoding="utf-8")
    words = [
        "override",
        learner,
        SLUG,
        *check,
        "--points",
        points,
        "--reason",
        "r",
        "--author",
        "a",
        "--from",
        tmp_path,
    ]
    if not said:
        assert grader(*words, "--course", course).exit_code == 0
        return
    with pytest.raises(click.UsageError, match=said):
        grader(*words, "--course", course)
    assert not (course / "policy.toml").exists()


def test_a_place_that_cannot_be_written_is_said(grader, course):
    with pytest.raises(click.UsageError, match="cannot be written"):
        grader("override", "ada", SLUG, *WORDS, "--course", course, "--policy", course / "nowhere" / "policy.toml")


def test_a_folder_without_grades_is_said(grader, course, tmp_path):
    with pytest.raises(click.UsageError, match=r"holds no grades\.json"):
        grader("override", "ada", SLUG, *WORDS, "--course", course, "--from", tmp_path / "course")
