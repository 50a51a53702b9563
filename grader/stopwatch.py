"""Charges every moment of a grading to one kind of work, so that the kinds add up to the wall time."""

from __future__ import annotations

import contextlib
import dataclasses
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.grades import Spent

if TYPE_CHECKING:
    from grader.student import Session

Clock = Callable[[], float]


class Stopwatch:
    """Always runs for exactly one kind: a field of `Spent`."""

    def __init__(self, kind: str, clock: Clock = time.monotonic) -> None:
        self._kind = kind
        self._clock = clock
        self._since = clock()
        self._seconds = {f.name: 0.0 for f in dataclasses.fields(Spent)}

    @contextlib.contextmanager
    def doing(self, kind: str) -> Iterator[None]:
        """Charges ``kind`` meanwhile, and afterwards again what it charged before."""
        before = self._kind
        self._turn_to(kind)
        try:
            yield
        finally:
            self._turn_to(before)

    def move(self, seconds: float, source: str, target: str) -> None:
        """Of what ``source`` was charged with, ``seconds`` were ``target``."""
        self._turn_to(self._kind)
        moved = min(max(seconds, 0.0), self._seconds[source])
        self._seconds[source] -= moved
        self._seconds[target] += moved

    def spent(self) -> Spent:
        """Until now."""
        self._turn_to(self._kind)
        return Spent(**self._seconds)

    def _turn_to(self, kind: str) -> None:
        now = self._clock()
        self._seconds[self._kind] += now - self._since
        self._kind, self._since = kind, now


@dataclass(frozen=True)
class TimedSession:
    """A learner's session whose every answer is charged to calls."""

    session: Session
    stopwatch: Stopwatch

    def ask(
        self, request: dict[str, Any], buffers: Sequence[bytes], *, limit_s: float | None = None
    ) -> tuple[dict[str, Any], list[bytes]]:
        """As the session does."""
        with self.stopwatch.doing("calls"):
            return self.session.ask(request, buffers, limit_s=limit_s)
