"""What is known of gradings over time: runs of the command, and what learners handed in from one to the next.

How to read it: ``History.from_json(json.loads(path.read_text("utf-8")))`` of the ``attempts.json`` that lies beside
``grades.json`` (its schema: ``reports/schema/attempts-1.schema.json``), or `grader.store.history` of an output folder or a
store's URL. ``history.of(learner, slug)`` are one learner's attempts at one exercise, oldest first. A new one begins where the
file, its grade or what it counts for changed; an attempt names all runs that it was seen in, and runs are numbered in the
order of time. So progress is the change of ``attempt.earned`` from one to the next where ``sha256`` differs; where it does not,
the same work was graded under something else, which the runs' capsules tell. Clocks stand here and never in a grade.
For instructors only: the names of hidden checks are in it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from grader.grades import Capsule, ClassGrade, Counted, ExerciseGrade, Outcome, Record, Score, Status

FORMAT = 1


@dataclass(frozen=True)
class CheckMark(Record):
    """How one check ended."""

    id: str
    outcome: Outcome
    max_points: int

    @property
    def score(self) -> Score:
        """As in the grade: all points or none, and neither where it was our own fault."""
        if self.outcome is Outcome.FAULTED:
            return Score()
        return Score(self.max_points if self.outcome is Outcome.PASSED else 0, self.max_points)


@dataclass(frozen=True)
class Attempt(Record):
    """One learner's work on one exercise, as it was graded in one run or several."""

    learner: str  # id
    name: str
    slug: str
    status: Status
    file: str = ""
    sha256: str = ""  # of its bytes; "" where no file came
    submitted_at: str = ""  # ISO 8601, where the platform told it
    late: bool | None = None  # the platform's own mark
    checks: tuple[CheckMark, ...] = ()
    counted: Counted | None = None  # what the policy made of it
    key: str = ""  # under which the store keeps the grade with all findings; "" where our own fault touched it
    runs: tuple[int, ...] = ()  # in which it was seen, in order

    @property
    def earned(self) -> Score:
        """Sum over the checks."""
        return sum((c.score for c in self.checks), Score())

    @property
    def faulted(self) -> bool:
        """Whether our own fault touched it."""
        return self.status is Status.FAULTED or any(c.outcome is Outcome.FAULTED for c in self.checks)

    @property
    def score(self) -> Score:
        """What it counts for."""
        return Score(self.counted.points, self.counted.max_points) if self.counted else self.earned


@dataclass(frozen=True)
class GradingRun(Record):
    """One run of ``grader grade``."""

    capsule: Capsule
    began: str  # ISO 8601, UTC
    ended: str
    options: dict[str, Any] = field(default_factory=dict)  # that bear on what was graded
    policy: str = ""  # the text of the policy that was applied
    number: int = 0  # from 1, in the order in which they ended; 0 before it is recorded


@dataclass(frozen=True)
class History(Record):
    """All that a store knows: what ``attempts.json`` holds."""

    runs: tuple[GradingRun, ...] = ()
    attempts: tuple[Attempt, ...] = ()  # oldest first
    format: int = FORMAT

    def of(self, learner: str, slug: str) -> tuple[Attempt, ...]:
        """One learner's attempts at one exercise, oldest first."""
        return tuple(a for a in self.attempts if (a.learner, a.slug) == (learner, slug))

    def within(self, klass: ClassGrade) -> History:
        """What concerns the learners and exercises of ``klass``: a store may hold more than one class."""
        wanted = {(learner.id, e.slug) for learner in klass.learners for e in learner.exercises}
        attempts = tuple(a for a in self.attempts if (a.learner, a.slug) in wanted)
        numbers = {number for a in attempts for number in a.runs}
        return History(tuple(r for r in self.runs if r.number in numbers), attempts)

    def seen_in(self, number: int) -> tuple[Attempt, ...]:
        """What the run of that number graded or found graded."""
        return tuple(a for a in self.attempts if number in a.runs)


def attempt_of(learner: str, name: str, grade: ExerciseGrade) -> Attempt:
    """What of a grade is kept of each attempt."""
    marks = tuple(CheckMark(c.id, c.outcome, c.max_points) for c in grade.checks)
    return Attempt(
        learner, name, grade.slug, grade.status, grade.file, grade.sha256, checks=marks, counted=grade.counted
    )


def attempts_of(klass: ClassGrade) -> Iterable[Attempt]:
    """Of a whole class, in its order."""
    for learner in klass.learners:
        yield from (attempt_of(learner.id, learner.name, grade) for grade in learner.exercises)


def with_runs(attempt: Attempt, runs: Iterable[int]) -> Attempt:
    """The attempt as it was seen in ``runs``."""
    return dataclasses.replace(attempt, runs=tuple(sorted(runs)))
