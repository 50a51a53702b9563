"""Charges a learner's program for what it does, not for the time that passes, and stops it at its limit."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from grader.engine.limits import GRACE_S, LAST_RESORT
from grader.errors import GraderFault

_EVERY_S = 0.05
_MOST_IDLE_S = 0.1  # per reading: when we come late ourselves, the rest was our waiting
_IDLE_SHARE = 0.1  # of a reading's time spent active; below it the program waits, whatever little its threads do
_TRANSIT_S = 0.25  # a request on its way to a busy machine's kernel looks like waiting, too
_LEAST_WALL_S = 60


class Meter(Protocol):
    """Whoever can say what a kernel's processes have done."""

    def read(self) -> tuple[float, float, bool]:
        """CPU seconds, seconds active (running or wanting to), whether any is active at this moment."""


@dataclass
class Charged:
    """What one cell or call has used so far."""

    cpu_s: float = 0
    idle_s: float = 0
    wall_s: float = 0
    reached: str = ""  # the limit that stopped it: cpu, idle, output


class Watch:
    """Reads the meter every 50 ms while a cell or call runs."""

    def __init__(self, meter: Meter, limit_s: float, signal: Callable[[str], Awaitable[None]]) -> None:
        self._meter = meter
        self._limit_s = limit_s
        self._signal = signal  # "interrupt" or "kill"
        self.charged = Charged()
        self._began = time.monotonic()
        self._seen = self._began
        self._cpu_0, self._active, _ = meter.read()
        self._stop_at = 0.0

    async def run(self) -> None:
        """Until it is cancelled, or has killed. Raises GraderFault at the last resort."""
        while True:
            await asyncio.sleep(_EVERY_S)
            self.update()
            if self.charged.wall_s > max(LAST_RESORT * self._limit_s, _LEAST_WALL_S):
                await self._signal("kill")
                raise GraderFault(
                    f"a cell or call took {self.charged.wall_s:.0f} s on the wall and was never charged for it"
                )
            if not self.charged.reached and (limit := self._limit()):
                await self.stop(limit)
            elif self.charged.reached and self.charged.cpu_s + self.charged.idle_s >= self._stop_at:
                await self._signal("kill")
                return

    def _limit(self) -> str:
        if self.charged.cpu_s >= self._limit_s:
            return "cpu"
        return "idle" if self.charged.idle_s >= self._limit_s + _TRANSIT_S else ""

    async def stop(self, limit: str) -> None:
        """Interrupts the program; it is killed where it goes on for another second."""
        if self.charged.reached:
            return
        self.charged.reached = limit
        self._stop_at = self.charged.cpu_s + self.charged.idle_s + GRACE_S
        await self._signal("interrupt")

    def update(self) -> None:
        """Reads the meter."""
        now = time.monotonic()
        cpu_s, active_s, at_work = self._meter.read()
        passed_s, worked_s = now - self._seen, max(active_s - self._active, 0)
        self.charged.cpu_s = max(cpu_s - self._cpu_0, self.charged.cpu_s)
        if not at_work and worked_s < _IDLE_SHARE * passed_s:
            self.charged.idle_s += min(max(passed_s - worked_s, 0), _MOST_IDLE_S)
        self.charged.wall_s = now - self._began
        self._seen, self._active = now, max(active_s, self._active)
