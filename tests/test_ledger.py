"""The account of a run: what each grading has cost, and that all of it adds up to the time that has passed."""

from __future__ import annotations

import pytest

from grader.grades import ExerciseGrade, Spent, Status, Timing
from grader.grading import Planned
from grader.judge import Job
from grader.ledger import Ledger
from grader.store import Graded
from grader.text import Text
from tests.test_stopwatch import Clock

JUDGED = Spent(session=1, cells=2, calls=3, judging=1, pictures=1)


class Quiet:
    """Notes what it was told."""

    def __init__(self):
        self.told = []

    def planned(self, total):
        self.told.append(("planned", total))

    def begun(self, job, learner):
        self.told.append(("begun", learner))

    def ended(self, job, learner, graded, again):
        self.told.append(("ended", learner, again))


def planned(learner, slug="rank", code="x") -> Planned:
    job = Job("course", slug, f"{slug}.py", "", (code,), 1, "strict")
    return Planned(learner, learner.title(), job, f"{slug}/{code}")


def graded(spent=JUDGED) -> Graded:
    return Graded(ExerciseGrade("rank", Text.same("Rank"), Status.GRADED), 8.0, 1.0, 90, spent)


def timing(learner, slug="rank") -> Timing:
    return Timing(learner, slug, 8.0, 1.0, 90)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def two(clock):
    """Two gradings of 8 s each, at the same time, that began 5 s after the command; then pages, 2 s each."""
    watch = Quiet()
    ledger = Ledger(2, watch, clock(), clock)
    items = [planned("ada"), planned("bob", code="y")]
    ledger.planned(2)
    clock.pass_(5)
    for item in items:
        ledger.begun(item.job, item.name)
    clock.pass_(8)
    for item in items:
        ledger.ended(item.job, item.name, graded(), False)
    ledger.graded(items, [timing("ada"), timing("bob")])
    for name in ("ada", "bob"):
        with ledger.page(name):
            clock.pass_(1.5)
            with ledger.picture():
                clock.pass_(0.5)
    clock.pass_(1)  # grades.json
    return ledger, watch


def test_a_grading_waits_until_its_judge_begins_and_has_its_learners_page(two):
    ledger, _ = two
    timings, _ = ledger.account()
    assert timings[0].spent == Spent(5, 1, 2, 3, 1, 1.5, 1.5)


def test_the_class_adds_up_to_the_time_that_has_passed(two):
    ledger, _ = two
    _, profile = ledger.account()
    assert profile.wall_s == 18
    assert profile.spent == Spent(5, 1, 2, 3, 1, 2, 4)
    assert profile.spent.total == profile.wall_s


def test_exercises_account_for_all_but_waiting_and_the_files_of_the_class(two):
    ledger, _ = two
    _, profile = ledger.account()
    (rank,) = profile.exercises
    assert rank.slug == "rank"
    assert rank.spent == Spent(0, 1, 2, 3, 1, 2, 3)


def test_the_account_is_closed_once(two, clock):
    ledger, _ = two
    first = ledger.account()
    clock.pass_(9)
    assert ledger.account() == first


def test_whoever_else_watches_hears_everything(two):
    _, watch = two
    assert watch.told[:2] == [("planned", 2), ("begun", "Ada")]
    assert watch.told[-1] == ("ended", "Bob", False)


def test_what_was_there_already_has_cost_nothing(clock):
    ledger = Ledger(1, Quiet(), clock(), clock)
    item = planned("ada")
    ledger.ended(item.job, item.name, graded(), True)
    ledger.graded([item], [timing("ada")])
    (one,), profile = ledger.account()
    assert one.spent is None
    assert "spent" not in one.to_json()
    assert (profile.again, profile.exercises) == (1, ())


def test_of_equal_files_one_was_graded_and_only_that_one_has_cost_anything(clock):
    ledger = Ledger(1, Quiet(), clock(), clock)
    items = [planned("ada"), planned("bob")]
    clock.pass_(8)
    ledger.ended(items[1].job, items[1].name, graded(), False)
    ledger.graded(items, [timing("ada"), timing("bob")])
    timings, profile = ledger.account()
    assert [t.spent is None for t in timings] == [False, True]
    assert profile.spent.total == 8


def test_a_grade_without_spans_is_judging_all_through(clock):
    ledger = Ledger(1, Quiet(), clock(), clock)
    item = planned("ada")
    clock.pass_(10)
    ledger.ended(item.job, item.name, graded(None), False)
    ledger.graded([item], [timing("ada")])
    (one,), _ = ledger.account()
    assert one.spent == Spent(waiting=2, judging=8)
