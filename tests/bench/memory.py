"""The memory of what lives on between gradings: the coordinator and the zygote."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measure import Row, service

SLUG = "matmul"
GRADINGS = 200
SETTLED = 10  # gradings after which it is measured first
GOAL = 0.1


def rows(rounds: int) -> Iterator[Row]:
    """After the first ten gradings and at the end."""
    with service() as ready:
        path = ready.folder / f"{SLUG}.py"
        solution = ready.course.exercise(SLUG).solution
        assert solution is not None
        path.write_bytes(solution.read_bytes())
        planned, measured = ready.planned(path), []
        for i in range(1, GRADINGS + 1):
            ready.run.grade(planned, None)
            if i in (SETTLED, GRADINGS):
                measured.append(memory_mb(os.getpid()) + memory_mb(ready.run.zygote.pid))
    grown = measured[1] / measured[0] - 1
    how = f"of the service over {GRADINGS} gradings, {measured[0]:.0f} -> {measured[1]:.0f} MB"
    yield Row("memory", how, f"{grown:+.1%}", "<= 10 %", grown <= GOAL)


def memory_mb(pid: int) -> float:
    """Memory that the process does not share, and its part of what it does (PSS)."""
    with Path(f"/proc/{pid}/smaps_rollup").open() as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024
