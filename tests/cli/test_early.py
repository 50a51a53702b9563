"""The zygote is started while the command reads what is to be graded, and ended whatever becomes of the command."""

from __future__ import annotations

import threading

import pytest

from grader.cli.early import EarlyZygote
from grader.engine.client import Zygote
from grader.errors import GraderFault
from grader.store.place import FILE

LONG_S = 60


class Slow:
    """A zygote that is ready when it is told to."""

    def __init__(self):
        self.asked, self.go, self.closed = threading.Event(), threading.Event(), threading.Event()

    def start(self, **_):
        self.asked.set()
        assert self.go.wait(LONG_S)
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.closed.set()


@pytest.fixture
def slow(monkeypatch):
    made = Slow()
    monkeypatch.setattr(Zygote, "start", made.start)
    return made


def test_it_is_waited_for_and_ended_with_the_command(slow):
    with EarlyZygote() as early:
        slow.go.set()
        assert early.zygote() is slow
        assert not slow.closed.is_set()
    assert slow.closed.is_set()


def test_whoever_leaves_before_it_is_ready_does_not_wait_and_leaves_none_behind(slow):
    with EarlyZygote():
        pass
    assert not slow.closed.is_set()
    slow.go.set()
    assert slow.closed.wait(LONG_S)


def test_one_that_does_not_start_is_the_fault_of_whoever_waits_for_it(monkeypatch):
    def start(**_):
        raise GraderFault("no room")

    monkeypatch.setattr(Zygote, "start", start)
    with EarlyZygote() as early, pytest.raises(GraderFault, match="no room"):
        early.zygote()


def test_where_grades_are_kept_nothing_starts_until_there_is_something_to_grade(slow, tmp_path):
    (tmp_path / FILE).touch()  # KEPT is to be the same
    slow.go.set()
    with EarlyZygote(tmp_path) as early:
        assert not slow.asked.is_set()
        assert early.zygote() is slow
        assert not slow.closed.is_set()
    assert slow.closed.is_set()


def test_in_a_new_folder_it_starts_at_once(slow, tmp_path):
    with EarlyZygote(tmp_path):
        assert slow.asked.wait(LONG_S)
    slow.go.set()
