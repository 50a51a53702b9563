"""Rows that can be had by themselves too: (b) of `tests.bench.fits`, and the sessions of `tests.bench.sessions`."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.measure import Row


def fits(rounds: int) -> Iterator[Row]:
    """(b) Keras' fit on four rows as it is and as graded programs have it, in one process."""
    from tests.bench import fits as measured

    for line in measured.fits(rounds):
        how = f"{line.name}: {line.stock_s:.3f} s / {line.ours_s:.3f} s"
        goal = f">= {line.goal:g}" if line.goal else "none"
        yield Row("(b)", how, f"{line.times:.1f}", goal, line.times >= line.goal)


def sessions(rounds: int) -> Iterator[Row]:
    """How soon a session is ready, and what the strict tier adds."""
    from tests.bench import sessions as measured

    for how, value, goal, reached in measured.table(rounds):
        yield Row("session", how, value, goal, reached)
