"""The progress bar of a run: what is running, how many are left, how long it will take."""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from grader.harmless import on_one_line
from grader.judge import Job
from grader.store import Graded


class Bar:
    """Watches a run and draws it on stderr; on no terminal it prints a line now and then."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._running: dict[str, None] = {}
        self._lock = threading.Lock()
        self._again = 0
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            TextColumn("[dim]{task.fields[running]}", markup=True),
            console=console,
            disable=not console.is_terminal,
        )
        self._task: TaskID | None = None
        self._done = self._total = 0

    def __enter__(self) -> Self:
        self._progress.start()
        self._task = self._progress.add_task("grading", total=None, running="starting TensorFlow, once for all …")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._progress.stop()

    def planned(self, total: int) -> None:
        """The bar is that long."""
        self._total = total
        if self._task is not None:
            self._progress.update(self._task, total=total, running="")

    def begun(self, job: Job, learner: str) -> None:
        """Shows it among what is running."""
        with self._lock:
            self._running[_name(job, learner)] = None
            self._draw(0)

    def ended(self, job: Job, learner: str, graded: Graded, again: bool) -> None:  # noqa: ARG002 - as a Watch has it
        """One step further."""
        with self._lock:
            self._running.pop(_name(job, learner), None)
            self._done += 1
            self._again += again
            self._draw(1)
            if not self._console.is_terminal and (self._done == self._total or self._done % 25 == 0):
                self._console.print(f"{self._done} of {self._total} graded", highlight=False)

    @property
    def again(self) -> int:
        """How many were there from an earlier run."""
        return self._again

    def _draw(self, advance: int) -> None:
        if self._task is not None:
            self._progress.update(self._task, advance=advance, running=escape(", ".join(self._running)[:60]))


def _name(job: Job, learner: str) -> str:
    return on_one_line(f"{learner}/{job.slug}")
