"""The account of one run: what each grading has cost, and where the time of the whole class went."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from grader.grades import ExerciseSpent, Profile, Spent, Timing
from grader.stopwatch import Clock, Stopwatch

if TYPE_CHECKING:
    from grader.grading import Planned, Watch
    from grader.judge import Job
    from grader.store import Graded

DIGITS = 3  # no machine repeats itself to a millisecond


class Ledger:
    """Watches a run (it is a `grading.Watch`) and then its reports, from ``began`` (by ``clock``) until the class page is written."""

    def __init__(self, jobs: int, watch: Watch, began: float, clock: Clock = time.monotonic) -> None:
        self._jobs = jobs
        self._watch = watch
        self._clock = clock
        self._began = self._writing_since = began
        self._account: tuple[tuple[Timing, ...], Profile] | None = None
        self._cost: dict[Job, Spent] = {}
        self._again = 0
        self._timings: tuple[Timing, ...] = ()
        self._pages: dict[str, Spent] = {}
        self._page: Stopwatch | None = None

    def planned(self, total: int) -> None:
        """Passed on."""
        self._watch.planned(total)

    def begun(self, job: Job, learner: str) -> None:
        """Passed on."""
        self._watch.begun(job, learner)

    def ended(self, job: Job, learner: str, graded: Graded, again: bool) -> None:
        """What its judge did not use of the time since the run began was waiting."""
        self._again += again
        if not again:
            used = graded.spent or Spent(judging=graded.wall_s)
            waiting = max(self._clock() - self._began - used.total, 0.0)
            self._cost[job] = dataclasses.replace(used, waiting=waiting)
        self._watch.ended(job, learner, graded, again)

    def graded(self, planned: Sequence[Planned], timings: Sequence[Timing]) -> None:
        """Every grade is there; reports are next. Of equal files one was graded, and only that one has cost anything."""
        left = dict(self._cost)
        costs = {(p.learner, p.job.slug): left.pop(p.job, None) for p in planned}
        self._timings = tuple(dataclasses.replace(t, spent=costs[t.learner, t.slug]) for t in timings)
        self._writing_since = self._clock()

    @contextlib.contextmanager
    def page(self, learner: str) -> Iterator[None]:
        """Around the making of a learner's page."""
        self._page = Stopwatch("pages", self._clock)
        yield
        self._pages[learner], self._page = self._page.spent(), None

    @contextlib.contextmanager
    def picture(self) -> Iterator[None]:
        """Around the drawing of a picture on it."""
        assert self._page is not None
        with self._page.doing("pictures"):
            yield

    def account(self) -> tuple[tuple[Timing, ...], Profile]:
        """The timings, each with its part of its learner's page, and the profile of the class; closed at the first call."""
        if self._account is None:
            self._account = self._closed()
        return self._account

    def _closed(self) -> tuple[tuple[Timing, ...], Profile]:
        parts = Counter(t.learner for t in self._timings if t.spent)
        pages = {learner: self._pages.get(learner, Spent()).scaled(1 / n) for learner, n in parts.items()}
        timings = tuple(
            dataclasses.replace(t, spent=_rounded(t.spent + pages[t.learner])) if t.spent else t for t in self._timings
        )
        return timings, self._profile(pages)

    def _profile(self, pages: dict[str, Spent]) -> Profile:
        now = self._clock()
        drawing = sum(page.pictures for page in self._pages.values())
        written = Spent(pages=now - self._writing_since - drawing, pictures=drawing)
        whole = sum(map(self._share, self._cost.values()), written)
        waiting = max(now - self._began - whole.total, 0.0)
        by_slug: dict[str, Spent] = {}
        for t in self._timings:
            if t.spent:
                by_slug[t.slug] = by_slug.get(t.slug, Spent()) + self._share(t.spent) + pages[t.learner]
        return Profile(
            jobs=self._jobs,
            wall_s=round(now - self._began, DIGITS),
            spent=_rounded(dataclasses.replace(whole, waiting=waiting)),
            exercises=tuple(ExerciseSpent(slug, _rounded(spent)) for slug, spent in by_slug.items()),
            again=self._again,
        )

    def _share(self, spent: Spent) -> Spent:
        """What a grading accounts for of the wall time: several run at once."""
        return dataclasses.replace(spent, waiting=0.0).scaled(1 / self._jobs)


def _rounded(spent: Spent) -> Spent:
    return Spent(*(round(s, DIGITS) for s in spent.seconds))
