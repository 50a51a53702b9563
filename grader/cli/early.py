"""Starts the zygote while the command still reads what is to be graded: TensorFlow takes seconds to load."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from grader.engine.client import Zygote
from grader.preload import PRELOAD

if TYPE_CHECKING:
    from grader.course import Course
    from grader.grading import Options, Running, Watch


KEPT = "grades.sqlite"  # as `grader.store.place` has it, which loads slowly


class EarlyZygote:
    """A zygote that is being started from now on; as a context manager it is ended again, whatever became of it.

    Where ``out`` holds grades of an earlier run it waits until it is asked for: perhaps nothing is left to be graded.
    """

    def __init__(self, out: Path | None = None) -> None:
        self._zygote: Zygote | None = None
        self._error: BaseException | None = None
        self._ready = threading.Event()
        self._held = contextlib.ExitStack()
        self._left = False
        self._lock = threading.Lock()
        self._begun = out is None or not (out / KEPT).is_file()
        if self._begun:
            # A daemon: whoever leaves before TensorFlow is loaded, with a wrong option say, need not wait for it.
            threading.Thread(target=self._start, daemon=True).start()

    def run(self, course: Course, options: Options, folder: Path, watch: Watch) -> Running:
        """A run on this machine, once the zygote is ready. Raises GraderFault."""
        from grader.grading import Run  # noqa: PLC0415 - TensorFlow begins to load first

        return Run(self.zygote(), course, options, folder, watch)

    def zygote(self) -> Zygote:
        """Waits until it is ready. Raises GraderFault where it did not start."""
        if not self._begun:
            self._begun = True
            self._start()
        self._ready.wait()
        if self._error is not None:
            raise self._error
        assert self._zygote is not None
        return self._zygote

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._lock:
            self._left = True
            self._held.close()

    def _start(self) -> None:
        try:
            started = Zygote.start(preload=PRELOAD)
            with self._lock:
                self._zygote = self._held.enter_context(started)
                if self._left:
                    self._held.close()
        except Exception as error:  # raised again where it is waited for
            self._error = error
        self._ready.set()
