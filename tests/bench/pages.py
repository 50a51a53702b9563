"""(5.9) The pages of 300 and of 10,000 learners: how large, how soon they answer in a browser, and what writing them takes."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import reports
from grader.grades import Profile, Spent, Timing
from tests.bench.measure import Row
from tests.bench.memory import memory_mb
from tests.reports.browser import Browser, chromium
from tests.reports.crowd import crowd, crowd_timings

SIZES = (300, 10_000)
MB, KB = 1_000_000, 1_000
HEAVIEST = 3 * MB
SOONEST = 2.0  # s
GROWTH = 0.1
LOADED = "(e => e.loadEventEnd)(performance.getEntriesByType('navigation')[0])"
# Until the browser has laid out and painted what a click has changed.
ANSWERED = """new Promise(done => { const began = performance.now(); %s;
requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began))); })"""
SORT = ANSWERED % "document.querySelectorAll('.sort')[1].click()"
SEARCH = ANSWERED % (
    "(e => { e.value = '0012'; e.dispatchEvent(new Event('input')); })(document.getElementById('search'))"
)


@dataclass(frozen=True)
class Writing:
    """What writing everything took, in a process of its own."""

    seconds: float
    first_mb: float  # when the first tenth of the learners' pages was there
    last_mb: float  # at the end of the learners' pages
    peak_mb: float  # over everything, also grades.json and the class page


def rows(rounds: int) -> Iterator[Row]:
    """Both sizes."""
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder, chromium() as browser:
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                took = pool.apply(written, (size, folder))
            yield from _page(browser, Path(folder) / "index.html", size, rounds)
            yield from _writing(took, size, Path(folder))


def _page(browser: Browser, page: Path, size: int, rounds: int) -> Iterator[Row]:
    measured = [_opened(browser, page) for _ in range(rounds)]
    bytes_ = page.stat().st_size
    yield Row("pages", f"class page of {size:,} learners", f"{bytes_ / MB:.2f} MB", "< 3 MB", bytes_ < HEAVIEST)
    soon = statistics.median(load + sort for load, sort, _ in measured)
    slowest = max(load + sort for load, sort, _ in measured)
    load, sort, search = (statistics.median(times[n] for times in measured) for n in range(3))
    note = f"medians: loaded {load:.2f} s, sorted {sort:.2f} s, searched {search:.2f} s; slowest of {rounds}: {slowest:.2f} s"
    yield Row(
        "pages",
        "  until it is loaded and has answered a click",
        f"{soon:.2f} s",
        f"< {SOONEST:g} s",
        soon < SOONEST,
        (note,),
    )


def _opened(browser: Browser, page: Path) -> tuple[float, float, float]:
    """Seconds until the page is loaded, until it is sorted, until a search is answered."""
    with browser.open(page) as opened:
        load, sort, search = (
            browser.ask("Runtime.evaluate", opened.session, expression=e, returnByValue=True, awaitPromise=True)
            for e in (LOADED, SORT, SEARCH)
        )
    return tuple(found["result"]["value"] / KB for found in (load, sort, search))  # type: ignore[return-value]


class Watch:
    """A ledger that looks at this process's memory after some of the learners' pages."""

    def __init__(self, size: int, timings: list[Timing]) -> None:
        self._timings, self._marks, self.seen = timings, {size // 10: "first", size: "last"}, 0
        self.mb: dict[str, float] = {}

    @contextlib.contextmanager
    def page(self, _learner: str) -> Iterator[None]:
        yield
        self.seen += 1
        if self.seen in self._marks:
            self.mb[self._marks[self.seen]] = memory_mb(os.getpid())

    def picture(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()

    def account(self) -> tuple[list[Timing], Profile]:
        return self._timings, Profile(1, 0.0, Spent(), ())


def written(size: int, folder: str) -> Writing:
    """Writes the reports of a made-up class, and looks at its own memory meanwhile."""
    klass = crowd(size)
    timings = list(crowd_timings(klass))
    watch = Watch(size, timings)
    started = time.perf_counter()
    reports.write(klass, Path(folder), lang="en", timings=timings, ledger=watch)
    took = time.perf_counter() - started
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Writing(took, watch.mb["first"], watch.mb["last"], most)


def _writing(took: Writing, size: int, folder: Path) -> Iterator[Row]:
    grown = took.last_mb / took.first_mb - 1
    size_mb = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / MB
    how = f"  writing everything, {1000 * took.seconds / size:.0f} ms a learner"
    note = f"{size_mb:.0f} MB of files, {(folder / 'grades.json').stat().st_size / MB:.0f} of them grades.json; at most {took.peak_mb:.0f} MB of memory, the class itself in it"
    yield Row("pages", how, f"{took.seconds:.0f} s", "none", True, (note,))
    how = f"  memory from the first tenth of the pages to the last, {took.first_mb:.0f} -> {took.last_mb:.0f} MB"
    yield Row("pages", how, f"{grown:+.1%}", f"<= {GROWTH:.0%}", grown <= GROWTH)
