"""Grades and runs for tests of what keeps them."""

from __future__ import annotations

import dataclasses

from grader.attempts import Attempt, GradingRun, attempt_of
from grader.grades import Capsule, CheckResult, ExerciseCapsule, ExerciseGrade, Outcome, Status
from grader.store import Graded
from grader.text import Text

CAPSULE = Capsule("course", "ab", None, "strict", {"keras": "3"}, (ExerciseCapsule("rank", "cd", 7),))


def grade(*outcomes: Outcome, sha256: str = "ab" * 32, slug: str = "rank") -> ExerciseGrade:
    """With a check of two points for each outcome."""
    checks = tuple(CheckResult(f"check{n}", Text.same(""), True, o, 2) for n, o in enumerate(outcomes))
    return ExerciseGrade(slug, Text.same(slug), Status.GRADED, f"{slug}.py", sha256, (), checks)


def graded(*outcomes: Outcome, **more: str) -> Graded:
    return Graded(grade(*outcomes, **more), 1.0, 0.5, 90)


def attempt(learner: str, *outcomes: Outcome, key: str = "k", **more: str) -> Attempt:
    return dataclasses.replace(attempt_of(learner, learner.title(), grade(*outcomes, **more)), key=key)


def run(minute: int = 0) -> GradingRun:
    return GradingRun(
        CAPSULE, f"2026-03-20T10:{minute:02}:00+00:00", f"2026-03-20T10:{minute:02}:30+00:00", {"only": "rank"}
    )
