"""What every row of the bench is made with: times, medians, and a line that says whether the goal is reached."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from grader.cli.options import the_tier
from grader.course import Course, default_root, load_course
from grader.engine.client import Zygote
from grader.grading import PRELOAD, Options, Planned, Run, plan
from grader.intake import take_in

WIDTH = 74


@dataclass(frozen=True)
class Row:
    """A figure and its goal. ``how`` says what was measured, ``notes`` what else was seen."""

    name: str
    how: str
    value: str
    goal: str
    reached: bool
    notes: tuple[str, ...] = ()

    def show(self) -> None:
        """As lines of the table."""
        click.echo(
            f"{f'{self.name}  {self.how}':<{WIDTH}} {self.value:>9}   goal {self.goal:<9} {'reached' if self.reached else 'NOT REACHED'}"
        )
        for note in self.notes:
            click.echo(f"      {note}")


@dataclass(frozen=True)
class Service:
    """A grader whose TensorFlow is loaded."""

    run: Run
    folder: Path  # for what is handed in

    @property
    def course(self) -> Course:
        """That of the run."""
        return self.run.course

    def planned(self, *paths: Path) -> tuple[Planned, ...]:
        """What is to be graded in ``paths``."""
        return plan(take_in(paths, self.course.slugs), self.course, self.run.options)


@contextmanager
def service(jobs: int = 1) -> Iterator[Service]:
    """A warm grader with the default course, in the best tier of this machine."""
    course = the_course()
    options = Options(None, the_tier(None), jobs)
    with tempfile.TemporaryDirectory() as scratch, Zygote.start(preload=PRELOAD) as zygote:
        places = Path(scratch, "run"), Path(scratch, "in")
        for place in places:
            place.mkdir()
        yield Service(Run(zygote, course, options, places[0]), places[1])


def the_course() -> Course:
    """The repository's."""
    return load_course(default_root())


def seconds(work: Callable[[], object]) -> float:
    """Wall time of ``work``."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def in_turn(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """Times of each work, measured in turn: what slows the machine down meanwhile slows all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for kept, work in zip(times, works, strict=True):
            kept.append(seconds(work))
    return times


def ratio(name: str, how: str, ours: Sequence[float], theirs: Sequence[float], goal: float) -> Row:
    """The row of a share that is to be at most ``goal``."""
    share = statistics.median(ours) / statistics.median(theirs)
    spread = f"{min(a / b for a, b in zip(ours, theirs, strict=True)):.3f} to {max(a / b for a, b in zip(ours, theirs, strict=True)):.3f}"
    note = f"medians {statistics.median(ours):.2f} s / {statistics.median(theirs):.2f} s of {len(ours)}; round by round {spread}"
    return Row(name, how, f"{share:.3f}", f"<= {goal:g}", share <= goal, (note,))


def python(*words: str) -> None:
    """Runs this Python with ``words``, in a shell's environment that says nothing of threads."""
    subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"}
    )
