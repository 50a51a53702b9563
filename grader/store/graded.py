"""A finished grade and what it cost, as a judge writes it and a store keeps it; and the key it is kept under."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from grader.grades import ExerciseGrade, Spent
from grader.witness import Trace


@dataclass(frozen=True)
class Graded:
    """A finished grade and what it cost, in seconds and megabytes."""

    grade: ExerciseGrade
    wall_s: float
    learner_s: float
    peak_mb: int
    spent: Spent | None = None  # where its time went; None where nobody took it
    traces: tuple[Trace, ...] = ()  # of what its program answered with, to be compared between learners

    def to_json(self) -> dict[str, Any]:
        """As a judge writes it and the store keeps it."""
        return {
            "grade": self.grade.to_json(),
            "wall_s": self.wall_s,
            "learner_s": self.learner_s,
            "peak_mb": self.peak_mb,
            "spent": self.spent.to_json() if self.spent else None,
            "traces": [trace.to_json() for trace in self.traces],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Graded:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError where ``data`` does not fit."""
        spent = Spent.from_json(data["spent"]) if data.get("spent") else None
        grade, traces = ExerciseGrade.from_json(data["grade"]), tuple(map(Trace.from_json, data.get("traces", ())))
        return cls(grade, data["wall_s"], data["learner_s"], data["peak_mb"], spent, traces)


def key_of(parts: Iterable[object]) -> str:
    """The key of a grade that depends on ``parts``."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
