"""Between two calls nobody reads what a kernel sends. Ends the kernel that uses the time to fill the judge's memory."""

from __future__ import annotations

import asyncio
import os
import threading

from grader.engine import processes
from grader.engine.limits import JUDGE_MB
from grader.engine.source import Provisioner

_EVERY_S = 0.05
_BUSY_S = 0.05  # whoever sends gigabytes computes; while the judge itself fills its memory the kernel sleeps


class Lookout:
    """A thread that looks at this process's memory while nothing is asked of the kernel.

    ZeroMQ bounds the size of a frame and the number of messages that wait, but not the number of frames in one of them.
    """

    def __init__(self, provisioner: Provisioner) -> None:
        self.flooded = False  # the kernel was ended for it
        self._provisioner = provisioner
        self._waiting, self._closed = threading.Event(), threading.Event()
        self._most_mb, self._cpu_s = 0, 0.0
        self._thread = threading.Thread(target=self._look, name="lookout", daemon=True)

    def begin(self) -> None:
        """A call has ended: from now on no byte is welcome."""
        self._most_mb = _own_mb() + JUDGE_MB
        self._cpu_s, _, _ = self._provisioner.read()
        self._waiting.set()
        if self._thread.ident is None:
            self._thread.start()

    def pause(self) -> None:
        """A call begins, and with it another watch."""
        self._waiting.clear()

    def close(self) -> None:
        """The kernel is about to be buried."""
        self._closed.set()
        self._waiting.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _look(self) -> None:
        while not self._closed.wait(_EVERY_S):
            self._waiting.wait()
            if not self._closed.is_set() and _own_mb() > self._most_mb and self._kernel_works():
                self.flooded = True
                asyncio.run(self._provisioner.kill())
                return

    def _kernel_works(self) -> bool:
        cpu_s, _, _ = self._provisioner.read()
        return cpu_s - self._cpu_s > _BUSY_S


def _own_mb() -> int:
    return processes.resident_mb([os.getpid()])
