"""What ``grader watch`` does where something of ours fails: it says so, says what to do, and goes on."""

from __future__ import annotations

import dataclasses
import io
import os
import pty
import queue
import threading
import tty
import types
from typing import ClassVar

import pytest
from rich.console import Console

from grader.cli import keys, watch
from grader.cli.student import public_only
from grader.cli.watch import Blind, Checked, Checker, Key, Saved, Session
from grader.course import read_course
from grader.engine.tiers import Tier
from grader.errors import GraderFault
from grader.grades import ExerciseGrade, Status
from grader.grading import Options
from grader.homework import Homework, Standing
from grader.text import Text
from tests.cli.conftest import RIGHT, SLUG

OPTIONS = Options(0, Tier.PROCESS, 1, hidden=False)
WAIT_S = 20


class FakeRun:
    """Fails, or grades at once; ``held`` keeps it at work."""

    fails: ClassVar[list[Exception]] = []
    held: threading.Event | None = None

    def __init__(self, *_: object) -> None:
        self.faults = ["the zygote died"]
        self.judges = types.SimpleNamespace(stopping=threading.Event())

    def stop(self) -> None:
        self.judges.stopping.set()

    def grade(self, items, _store):
        if self.held and not self.judges.stopping.wait(0) and self.judges.stopping.wait(WAIT_S):
            raise GraderFault("stopped")
        if self.fails:
            raise self.fails.pop()
        (item,) = items
        grade = ExerciseGrade(item.job.slug, Text.same("Twice"), Status.GRADED, item.job.file)
        return {item.key: types.SimpleNamespace(grade=grade)}


@pytest.fixture
def session(course, tmp_path, monkeypatch):
    monkeypatch.setattr(watch, "Run", type("Run", (FakeRun,), {"fails": []}))
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / f"{SLUG}.py").write_text(RIGHT, encoding="utf-8")
    loaded = public_only(read_course(course))
    console = Console(file=io.StringIO(), width=100, color_system=None)
    checker = Checker(None, loaded, OPTIONS, tmp_path)
    return Session(
        loaded,
        Homework.open(folder, loaded),
        OPTIONS,
        console,
        "en",
        checker,
        loaded.exercises[0],
        events=queue.Queue(),
    )


def screen(session: Session) -> str:
    return session.console.file.getvalue()


def one_check(session: Session) -> None:
    session.check()
    assert session.react(session.events.get(timeout=WAIT_S))


def test_a_fault_of_ours_is_said_with_what_to_hand_on_and_the_next_save_is_checked(session):
    watch.Run.fails.append(RuntimeError("no such thing"))
    one_check(session)
    shown = " ".join(screen(session).split())
    assert "The grader itself failed here, not you" in shown
    assert "the zygote died" in shown
    assert "RuntimeError: no such thing" in shown
    assert session.react(Saved(session.homework.folder / f"{SLUG}.py"))
    assert session.react(session.events.get(timeout=WAIT_S))
    assert session.grade.status is Status.GRADED


def test_c_checks_again(session):
    watch.Run.fails.append(RuntimeError("once"))
    one_check(session)
    session.react(Key("c"))
    session.react(session.events.get(timeout=WAIT_S))
    assert session.grade is not None


def test_a_grading_that_a_newer_save_ends_is_no_fault(session, monkeypatch):
    monkeypatch.setattr(watch.Run, "held", threading.Event())
    session.check()
    monkeypatch.setattr(watch.Run, "held", None)
    session.check()
    told = {session.events.get(timeout=WAIT_S).turn: None for _ in range(2)}
    assert sorted(told) == [1, 2]
    assert "failed" not in screen(session)


def test_a_grade_that_is_our_fault_shows_what_went_wrong(session):
    faulted = ExerciseGrade(SLUG, Text.same("Twice"), Status.FAULTED)
    session.react(Checked(session.turn, faulted, ("twice.py: the judge did not answer in time",)))
    assert "the judge did not answer in time" in screen(session)


def test_a_file_that_is_gone_is_no_fault_and_says_how_it_comes_back(session):
    (session.homework.folder / f"{SLUG}.py").unlink()
    session.react(Checked(session.turn, None))
    assert "press r to put it there" in screen(session)


def test_where_files_can_no_longer_be_watched_it_says_which_key_checks(session, monkeypatch):
    import watchfiles

    def full(*_: object, **__: object):
        raise OSError("inotify limit reached")
        yield

    monkeypatch.setattr(watchfiles, "watch", full)
    session._look(threading.Event())
    blind = session.events.get(timeout=WAIT_S)
    assert isinstance(blind, Blind)
    session.react(blind)
    assert "inotify limit reached" in screen(session)
    assert "Press c" in screen(session)


def test_a_folder_that_cannot_be_written_ends_nothing(session, monkeypatch):
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Homework, "save", refuse)
    one_check(session)
    assert "No space left on device" in screen(session)
    assert session.grade is not None


def test_an_exercise_with_broken_files_is_named_and_the_loop_goes_on(session):
    session.current = dataclasses.replace(session.current, broken="exercise.toml is not valid TOML")
    session.check()
    assert "not your fault" in screen(session)
    assert session.events.empty()


def test_the_commands_of_students_work_beside_an_exercise_that_is_broken(grader, course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    broken = course / "exercises" / "02_thrice"
    broken.mkdir()
    (broken / "exercise.toml").write_text("number = ", encoding="utf-8")
    words = ("--course", course, "--lang", "en")
    result = grader("progress", *words)
    assert "0 of 2 exercises done" in result.stdout
    assert "broken; not your fault" in result.stdout
    assert "BROKEN COURSE FILE" in result.stderr
    assert "hint 1 of" in grader("hint", SLUG, *words).stdout
    assert "broken" in grader("hint", "thrice", *words).stdout
    assert "ready to fill in" in grader("reset", SLUG, *words).stdout
    assert "broken" in grader("reset", "thrice", *words).stdout


def test_a_hint_of_checks_that_do_not_load_says_whose_fault_it_is(grader, course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (course / "exercises" / f"01_{SLUG}" / "checks.py").write_text("def f(:\n", encoding="utf-8")
    assert "not your fault" in grader("hint", SLUG, "--course", course, "--lang", "en").stdout


def test_reset_without_a_stub_leaves_the_work_where_it_is(grader, course, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / f"{SLUG}.py").write_text("mine", encoding="utf-8")
    (course / "exercises" / f"01_{SLUG}" / f"{SLUG}.py").unlink()
    assert "is missing" in grader("reset", SLUG, "--course", course, "--lang", "en").stdout
    assert (tmp_path / f"{SLUG}.py").read_text(encoding="utf-8") == "mine"


def test_an_arrow_or_a_function_key_is_no_letter(monkeypatch):
    ours, theirs = pty.openpty()
    with os.fdopen(theirs) as keyboard:
        tty.setcbreak(theirs)
        monkeypatch.setattr("sys.stdin", keyboard)
        for sent, read in ((b"\x1b[C", "\x1b[C"), (b"\x1bOR", "\x1bOR"), (b"\x1b[3~", "\x1b[3~"), (b"\x1b", "\x1b")):
            os.write(ours, sent)
            assert keys.read_key() == read
        os.write(ours, b"\x1b[Hh")
        assert [keys.read_key(), keys.read_key()] == ["\x1b[H", "h"]
    os.close(ours)


def test_capital_q_quits_and_another_key_does_nothing(session):
    assert session.react(Key("\x1b[C"))
    assert screen(session) == ""
    assert not session.react(Key("Q"))


def test_what_was_found_is_not_shown_beside_a_new_beginning(session):
    one_check(session)
    session.react(Key("r"))
    before = len(screen(session))
    session.react(Key("y"))
    after = screen(session)[before:]
    assert "is as it was at first" in after
    assert "points" not in after


def test_a_course_that_is_finished_is_not_sent_to_the_next_exercise(session):
    session.homework.standings[SLUG] = Standing(4, 4)
    session.grade = ExerciseGrade(SLUG, Text.same("Twice"), Status.GRADED)
    session.react(Key("n"))
    session.grade = ExerciseGrade(SLUG, Text.same("Twice"), Status.GRADED)
    session._show()
    assert "you have finished the course" in screen(session)


def test_a_narrow_list_shows_names_and_points_whole(session):
    session.console.width = 30
    session.homework.standings[SLUG] = Standing(1, 4)
    session.lang = "ko"
    session.react(Key("l"))
    assert SLUG in screen(session)
    assert "1/4" in screen(session)
    assert "…" not in screen(session).replace(">… ", "")
