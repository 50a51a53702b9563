"""What a class's grades say of the checks, the mistakes and the course: computed from saved results, nothing is run.

`Analysis` is what ``analysis.json`` holds; its schema is ``reports/schema/analysis-1.schema.json``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.grades import ClassGrade, Record, Timing
from reports.analysis.answers import Cluster, NamedMistake, Unwritten, clusters, named_mistakes, unwritten
from reports.analysis.attempts import Attempt, Progress, progress
from reports.analysis.costs import Cost, costs
from reports.analysis.items import ExerciseItem, Item, items
from reports.tables import exercise_slugs

__all__ = ["FORMAT", "Analysis", "Attempt", "analyse"]
FORMAT = 1


@dataclass(frozen=True)
class Analysis(Record):
    """The whole class. Confidential: it names learners, and shows what hidden checks met."""

    course_sha256: str
    learners: int
    exercises: tuple[ExerciseItem, ...]
    items: tuple[Item, ...]
    mistakes: tuple[NamedMistake, ...]
    clusters: tuple[Cluster, ...]
    unwritten: tuple[Unwritten, ...]
    costs: tuple[Cost, ...]
    progress: tuple[Progress, ...]
    format: int = FORMAT


def analyse(klass: ClassGrade, timings: Sequence[Timing] = (), attempts: Sequence[Attempt] = ()) -> Analysis:
    """Everything that the grades, and timings and attempts where there are any, say of the class."""
    checks, exercises = items(klass)
    return Analysis(
        course_sha256=klass.capsule.course_sha256,
        learners=len(klass.learners),
        exercises=exercises,
        items=checks,
        mistakes=named_mistakes(klass),
        clusters=clusters(klass),
        unwritten=unwritten(klass),
        costs=costs(klass, timings),
        progress=progress(attempts, exercise_slugs(klass)),
    )
