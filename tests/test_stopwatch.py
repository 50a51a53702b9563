"""The stopwatch: every moment is charged to one kind, so that the kinds add up."""

from __future__ import annotations

import pytest

from grader.grades import Spent
from grader.stopwatch import Stopwatch, TimedSession


class Clock:
    """Goes on when it is told to."""

    now = 100.0

    def __call__(self) -> float:
        return self.now

    def pass_(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_what_is_done_within_something_else_is_charged_once(clock):
    stopwatch = Stopwatch("judging", clock)
    clock.pass_(1)
    with stopwatch.doing("calls"):
        clock.pass_(2)
        with stopwatch.doing("pictures"):
            clock.pass_(4)
        clock.pass_(8)
    clock.pass_(16)
    assert stopwatch.spent() == Spent(judging=17, calls=10, pictures=4)
    assert stopwatch.spent().total == 31


def test_an_exception_ends_what_was_being_done(clock):
    stopwatch = Stopwatch("judging", clock)

    def break_after_a_second():
        clock.pass_(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), stopwatch.doing("calls"):
        break_after_a_second()
    clock.pass_(2)
    assert stopwatch.spent() == Spent(calls=1, judging=2)


@pytest.mark.parametrize(("seconds", "session", "cells"), [(2, 3, 2), (7, 0, 5), (-1, 5, 0)])
def test_what_turns_out_to_be_another_kind_is_moved_and_never_more_than_there_is(clock, seconds, session, cells):
    stopwatch = Stopwatch("session", clock)
    clock.pass_(5)
    stopwatch.move(seconds, "session", "cells")
    assert stopwatch.spent() == Spent(session=session, cells=cells)


def test_answers_of_a_session_are_charged_to_calls(clock):
    class Slow:
        def ask(self, request, buffers, *, limit_s=None):
            clock.pass_(3)
            return {"request": request, "limit_s": limit_s}, list(buffers)

    stopwatch = Stopwatch("judging", clock)
    reply = TimedSession(Slow(), stopwatch).ask({"op": "names"}, [b"x"], limit_s=9)
    assert reply == ({"request": {"op": "names"}, "limit_s": 9}, [b"x"])
    assert stopwatch.spent() == Spent(calls=3)
