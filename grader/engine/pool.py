"""Kernels forked ahead: each is confined, has TensorFlow started, and waits idle for the one session it will serve."""

from __future__ import annotations

import os
import socket
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from grader.engine import processes
from grader.engine.memory import available_mb
from grader.engine.tiers import Tier

KERNEL_MB = 100  # what one comes to take at work; while it waits 26, its supervisor included (tests.bench)
_SHARE = 8  # of the memory that is free may go into kernels that wait
_LOOK_EVERY_S = 0.02
_AFTER_DEATH_S = 1.0


@dataclass(frozen=True)
class Kind:
    """What is fixed before anybody asks for a kernel; the other limits come with the order."""

    tier: Tier
    scratch_mb: int  # 0 where the folder has no size of its own

    @classmethod
    def of(cls, tier: Tier, scratch_mb: int) -> Kind:
        """The kind that serves such a session."""
        return cls(tier, scratch_mb if tier is Tier.STRICT else 0)


@dataclass
class Pool:
    """Sockets to supervisors whose kernels wait, by kind; what a supervisor reads from its own is its order."""

    fork: Callable[[Kind], socket.socket]
    most: int | None = (
        None  # kernels that wait at once, in any case; None: as many as judges were at work, if there is room
    )
    judges: int = 0  # the most at work so far
    waiting: dict[Kind, deque[socket.socket]] = field(default_factory=dict)  # the kind asked for last comes last
    not_before: float = 0.0

    def take(self, kind: Kind) -> socket.socket:
        """The one that has waited longest, or a fresh one; it is the caller's now. Raises OSError."""
        shelf = self.waiting.pop(kind, None) or deque()
        self.waiting[kind] = shelf
        return shelf.popleft() if shelf else self.fork(kind)

    def lost(self, port: socket.socket) -> None:
        """A supervisor has ended before it was asked for anything."""
        for shelf in self.waiting.values():
            if port in shelf:
                shelf.remove(port)
        port.close()
        self.not_before = time.monotonic() + _AFTER_DEATH_S  # whatever ends them, it does not get one after the other

    def wait_s(self) -> float | None:
        """How long the zygote may sleep until it looks again whether there is room for one more."""
        return _LOOK_EVERY_S if self._wanted() else None

    def refill(self) -> socket.socket | None:
        """One more, where one is wanted and a processor has nothing to do. Raises OSError."""
        kind = self._wanted()
        if kind is None or time.monotonic() < self.not_before:
            return None
        if self.most is None and not (a_core_is_idle() and self._room()):
            return None
        port = self.fork(kind)
        self.waiting[kind].append(port)
        return port

    def surplus(self) -> socket.socket | None:
        """One of a kind that nobody has asked for lately, where there are too many; it is the caller's to close."""
        if sum(map(len, self.waiting.values())) <= self._size():
            return None
        shelf = next(shelf for shelf in self.waiting.values() if shelf)
        return shelf.popleft()

    def ports(self) -> list[socket.socket]:
        """All that wait."""
        return [port for shelf in self.waiting.values() for port in shelf]

    def _size(self) -> int:
        return self.judges if self.most is None else self.most

    def _wanted(self) -> Kind | None:
        last = next(reversed(self.waiting), None)
        return last if last is not None and len(self.waiting[last]) < self._size() else None

    def _room(self) -> bool:
        return (len(self.ports()) + 1) * KERNEL_MB * _SHARE <= available_mb()


def a_core_is_idle() -> bool:
    """Whether fewer processes than processors want to run now, this one not counted."""
    running, _, _ = processes.read("/proc/loadavg").split()[3].partition(b"/")
    return int(running) - 1 < len(os.sched_getaffinity(0))
