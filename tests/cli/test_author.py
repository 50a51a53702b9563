"""``grader new``, ``grader release`` and ``grader verify``, as a course author types them."""

from __future__ import annotations

import pytest

from tests.cli.conftest import SLUG


def test_release_writes_what_is_out_of_date_and_nothing_else(grader, course):
    stub = course / "exercises" / f"01_{SLUG}" / f"{SLUG}.py"
    assert grader("release", "--course", course).stdout == ""
    stub.write_text("old", encoding="utf-8")
    assert grader("release", SLUG, "--check", "--course", course).exit_code == 1
    assert stub.read_text(encoding="utf-8") == "old"
    assert str(stub) in grader("release", SLUG, "--course", course).stdout
    assert grader("release", "--check", "--course", course).exit_code == 0


def test_new_begins_an_exercise_and_says_what_comes_next(grader, course):
    result = grader("new", "my_topic", "--course", course)
    assert "grader release my_topic && grader verify my_topic" in result.stdout
    assert (course / "solutions" / "02_my_topic" / "right" / "adds.py").exists()


@pytest.mark.slow
@pytest.mark.usefixtures("warm")
def test_verify_proves_what_the_variants_promise(grader, course):
    result = grader("verify", SLUG, "--course", course, "--seeds", 2, "--kind", "right")
    assert "2 gradings of 1 exercises with 2 seeds" in result.stdout
    wrong = course / "solutions" / f"01_{SLUG}" / "wrong" / "squares.py"
    wrong.write_text(wrong.read_text(encoding="utf-8").replace("x * x", "x + x"), encoding="utf-8")
    result = grader("verify", SLUG, "--course", course)
    assert result.exit_code == 1
    assert "doubles_one_vector is passed; it should fail" in result.stdout
