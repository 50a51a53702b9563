"""Watches the memory of a command and of all that it starts, and says whether it grows."""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from grader.engine import processes

SETTLED = 0.15  # of the time, in which kernels are raised for the first time and libraries are read


@dataclass(frozen=True)
class Reading:
    """MB that the processes share with nobody, and their part of what they share (PSS)."""

    at_s: float
    resident: float  # of the command and its zygote, which live as long as the run
    whole: float  # judges, supervisors and kernels too


@dataclass
class Watch:
    """A thread that reads every ``every_s`` seconds, while it is entered."""

    pid: int
    every_s: float = 3.0
    readings: list[Reading] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    began: float = field(default_factory=time.monotonic)

    def __enter__(self) -> Self:
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.over.wait(self.every_s):
            of = {pid: pss_mb(pid) for pid in processes.tree(self.pid)}
            lasting = [pid for pid in of if pid == self.pid or b"grader.engine.zygote" in _words(pid)]
            zygote = min((pid for pid in lasting if pid != self.pid), default=self.pid)  # what it forks has its words
            resident = sum(of[pid] for pid in {self.pid, zygote})
            self.readings.append(Reading(time.monotonic() - self.began, resident, sum(of.values())))


def pss_mb(pid: int) -> float:
    """Of one process; 0 where it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _words(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@dataclass(frozen=True)
class Slope:
    """A straight line through readings, and how far off it may be (one standard error)."""

    mb_per_hour: float
    error: float
    median_mb: float
    most_mb: float


def slope(points: list[tuple[float, float]]) -> Slope:
    """Through (seconds, MB), the first of them left out while all settles."""
    if not points:
        return Slope(0.0, 0.0, 0.0, 0.0)
    end = points[-1][0]
    kept = [p for p in points if p[0] >= SETTLED * end]
    values = [mb for _, mb in kept]
    if len(kept) < 3:
        return Slope(0.0, float("inf"), statistics.median(values), max(values))
    hours = [s / 3600 for s, _ in kept]
    line = statistics.linear_regression(hours, values)
    off = sum((mb - line.slope * h - line.intercept) ** 2 for h, mb in zip(hours, values, strict=True))
    spread = sum((h - statistics.fmean(hours)) ** 2 for h in hours)
    error = (off / (len(kept) - 2) / spread) ** 0.5
    return Slope(line.slope, error, statistics.median(values), max(values))
