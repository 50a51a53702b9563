"""What each exercise takes: seconds and megabytes over the class."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.grades import ClassGrade, Record, Status, Timing
from reports.tables import exercise_slugs

DIGITS = 3
MOST = 0.9


@dataclass(frozen=True)
class Quantiles(Record):
    """The middle one, what nine of ten stay below, and the largest; between two values by straight interpolation."""

    median: float
    p90: float
    largest: float


@dataclass(frozen=True)
class Cost(Record):
    """One exercise over the class. ``learner_s`` is the learners' own computing; the rest of ``wall_s`` is the grader's."""

    slug: str
    gradings: int
    wall_s: Quantiles
    learner_s: Quantiles
    memory_mb: Quantiles | None  # None where it was not measured
    slowest: str  # the learner's id


def costs(klass: ClassGrade, timings: Sequence[Timing]) -> tuple[Cost, ...]:
    """In the order of the course, over the work that ran."""
    ran = {(learner.id, e.slug) for learner in klass.learners for e in learner.exercises if e.status is Status.GRADED}
    by_slug: dict[str, list[Timing]] = defaultdict(list)
    for timing in timings:
        if (timing.learner, timing.slug) in ran:
            by_slug[timing.slug].append(timing)
    return tuple(_cost(slug, by_slug[slug]) for slug in exercise_slugs(klass) if slug in by_slug)


def _cost(slug: str, timings: list[Timing]) -> Cost:
    memory = [float(t.peak_mb) for t in timings if t.peak_mb]
    slowest = max(timings, key=lambda t: (t.wall_s, t.learner))
    return Cost(
        slug=slug,
        gradings=len(timings),
        wall_s=quantiles([t.wall_s for t in timings]),
        learner_s=quantiles([t.learner_s for t in timings]),
        memory_mb=quantiles(memory) if memory else None,
        slowest=slowest.learner,
    )


def quantiles(values: Sequence[float]) -> Quantiles:
    """Of at least one value."""
    median, most, largest = np.quantile(values, (0.5, MOST, 1.0))
    return Quantiles(*(round(float(v), DIGITS) for v in (median, most, largest)))
