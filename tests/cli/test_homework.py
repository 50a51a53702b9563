"""``grader hint``, ``progress`` and ``reset`` as a student uses them, in one folder."""

from __future__ import annotations

import json

import click
import pytest

from grader.homework import FILE, Homework, Standing
from tests.cli.conftest import RIGHT, SLUG, WRONG


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "mine").mkdir()
    monkeypatch.chdir(tmp_path / "mine")
    return tmp_path / "mine"


@pytest.mark.slow
def test_the_way_from_a_stub_to_done(grader, warm, course, folder):
    """init, check, hints, a better file, check, progress: each command knows what the others saw."""
    words = ("--course", course, "--lang", "en")
    grader("init", ".", *words)
    assert "0 of 1 exercises done. Next: twice" in grader("progress", *words).stdout
    (folder / f"{SLUG}.py").write_text(WRONG)
    assert grader("check", *words).exit_code == 1
    assert "begun" in grader("progress", *words).stdout
    assert "hint 1 of" in grader("hint", SLUG, *words).stdout
    (folder / f"{SLUG}.py").write_text(RIGHT)
    assert grader("check", SLUG, *words).exit_code == 0
    assert "1 of 1 exercises done." in grader("progress", *words).stdout
    assert "nothing to hint at" in grader("hint", SLUG, *words).stdout


def test_hints_say_a_little_more_each_time_and_end(grader, course, folder):
    homework_course = ("--course", course, "--lang", "ko")
    seen = [grader("hint", SLUG, *homework_course).stdout for _ in range(6)]
    lengths = [len(s.splitlines()) for s in seen]
    assert lengths == sorted(lengths)
    assert "힌트는 여기까지입니다" in seen[-1]
    assert seen[-1] == seen[-2]


def test_the_solution_is_in_no_hint():
    from grader.course import default_root, load_course

    for exercise in load_course(default_root()).exercises:
        lines = {
            x.strip() for x in exercise.solution.read_text("utf-8").splitlines() if x.strip().startswith("return ")
        }
        stub = exercise.stub().read_text("utf-8")
        from grader.course import load_checks

        for check in load_checks(exercise):
            hints = exercise.texts.hints(check.id)
            assert len(hints) <= 3
            for hint in hints:
                told = [x for x in lines if len(x) > 25 and x in hint.en and x not in stub]
                assert told == [], (exercise.slug, check.id)


def test_reset_keeps_the_old_work(grader, course, folder):
    words = ("--course", course, "--lang", "en")
    (folder / f"{SLUG}.py").write_text("my work")
    assert f"kept in {SLUG}.py.old" in grader("reset", SLUG, *words).stdout
    (folder / f"{SLUG}.py").write_text("my second work")
    assert f"kept in {SLUG}.py.old1" in grader("reset", SLUG, *words).stdout
    assert (folder / f"{SLUG}.py.old").read_text() == "my work"
    assert (folder / f"{SLUG}.py.old1").read_text() == "my second work"
    assert "def double" in (folder / f"{SLUG}.py").read_text("utf-8")


def test_reset_gives_what_the_student_works_with(grader, course, folder):
    words = ("--course", course, "--lang", "en")
    (folder / f"{SLUG}.ipynb").write_text("{}")
    grader("reset", SLUG, *words)
    assert json.loads((folder / f"{SLUG}.ipynb").read_text("utf-8"))["cells"]
    assert "ready to fill in" in grader("reset", SLUG, "--script", *words).stdout
    assert (folder / f"{SLUG}.py").exists()


@pytest.mark.parametrize(
    "body", ["", "[]", '{"exercises": {"twice": {"points": "x", "nonsense": 1}}}', '{"exercises": 3}']
)
def test_notes_that_cannot_be_read_are_put_aside(body, grader, course, folder):
    (folder / FILE).write_text(body)
    assert "0 of 1" in grader("progress", "--course", course, "--lang", "en").stdout
    assert (folder / f"{FILE}.broken").read_text() == body


def test_an_exercise_that_is_not_there_is_named(grader, course, folder):
    for command in ("hint", "reset"):
        with pytest.raises(click.UsageError, match="twice"):
            grader(command, "thrice", "--course", course)


def test_next_goes_round(course):
    class Three:
        exercises = tuple(type("E", (), {"slug": s}) for s in "abc")

    homework = Homework(course, Three(), {"b": Standing(2, 2)})
    assert [homework.next(after).slug for after in ("", "a", "b", "c")] == ["a", "c", "c", "a"]
    homework.standings |= {"a": Standing(1, 1), "c": Standing(1, 1)}
    assert homework.next() is None
