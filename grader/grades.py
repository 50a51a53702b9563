"""What a grade is: plain data, its arithmetic, and its JSON. Imports nothing that is heavy.

`FORMAT` numbers the JSON. 1: first format (0.1.0). 2: what a policy made of the points, and what each exercise depended on.
Its schema is ``reports/schema/grades-2.schema.json``; a file of format 1 is still read.
A grade holds no clock: timings (`Timing`) and runs (``grader.attempts``) are kept apart, so that the same bytes give the same
grade.
"""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass, field
from typing import Any, Self

from grader.points import Adjustment, AdjustmentKind, Counted, Points, Score, shown
from grader.record import Record, plain_number
from grader.text import Text

__all__ = [
    "BESIDE_FORMAT",
    "FORMAT",
    "Adjustment",
    "AdjustmentKind",
    "Capsule",
    "CellRecord",
    "CheckResult",
    "ClassGrade",
    "Counted",
    "ExerciseCapsule",
    "ExerciseGrade",
    "ExerciseSpent",
    "Finding",
    "LearnerGrade",
    "Mistake",
    "Outcome",
    "Parting",
    "Picture",
    "PictureKind",
    "Points",
    "Profile",
    "Record",
    "RunRecord",
    "Score",
    "Spent",
    "Status",
    "StepRow",
    "Timing",
    "plain_number",
    "shown",
]

FORMAT = 2
BESIDE_FORMAT = 1  # of timings.json and evidence.json


class Outcome(enum.StrEnum):
    """How a check ended."""

    PASSED = "passed"
    FAILED = "failed"  # the answer is wrong
    ERRORED = "errored"  # the learner's program broke, or reached a limit
    SKIPPED = "skipped"  # what it builds on did not pass
    FAULTED = "faulted"  # our own fault: counts neither for nor against


class Status(enum.StrEnum):
    """What became of a learner's work on one exercise."""

    GRADED = "graded"
    MISSING = "missing"  # no file came
    UNREADABLE = "unreadable"  # a file came that is no program or notebook
    FAULTED = "faulted"  # our own fault


@dataclass(frozen=True)
class Mistake(Record):
    """A wrong answer that learners typically give, recognised by its values."""

    id: str
    text: Text


@dataclass(frozen=True)
class StepRow(Record):
    """One step of a computation, with its value on both sides; "" where the learner's is not known."""

    step: str  # as Python
    expected: str
    actual: str
    parts: bool = False  # the first one that differs


@dataclass(frozen=True)
class Parting(Record):
    """A computation of several steps beside the learner's, and what was broadcast where they part."""

    rows: tuple[StepRow, ...]
    note: Text | None = None


@dataclass(frozen=True)
class Finding(Record):
    """Why a check did not pass, in the words of a report."""

    message: Text
    expected: Text | None = None
    actual: Text | None = None
    where: Text | None = None
    call: str = ""  # the shortest call that reproduces it, as Python; "" where there is none
    mistake: Mistake | None = None
    advice: tuple[Text, ...] = ()  # what we recognise in the code or the exception
    traceback: str = ""  # the learner's own frames, cleaned
    steps: Parting | None = None  # where the answer's computation parts from the right one

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types; without ``steps`` where there are none, as in grades of before."""
        return {name: value for name, value in super().to_json().items() if name != "steps" or value is not None}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError where ``data`` does not fit."""
        return super().from_json({"steps": None, **data})


class PictureKind(enum.StrEnum):
    """The pictures that a report can draw; `Picture.data` says what each holds."""

    CURVES = "curves"
    PANELS = "panels"
    SURFACE = "surface"
    HISTOGRAM = "histogram"


@dataclass(frozen=True)
class Picture(Record):
    """Figures that people would rather look at than read. Plain numbers; the report draws them.

    ``data`` by kind (every number finite, or None for a gap):
        curves     {"x_label", "y_label", "series": [{"name", "x": [..], "y": [..], "role", "marks": bool}]}
                   role: "actual" | "expected" | "other"
        panels     {"panels": [{"title", "curves": <as curves>}]}
        surface    {"x": [n], "y": [m], "z": [m][n] in 0..1, "points": [{"x", "y", "label": 0|1}], "x_label", "y_label"}
        histogram  {"x_label", "edges": [n+1], "series": [{"name", "counts": [n], "role"}]}
    Names, labels and titles in ``data`` are JSON texts {"en", "ko"}.
    """

    kind: PictureKind
    title: Text
    description: Text  # says in words what the picture shows
    data: dict[str, Any]


@dataclass(frozen=True)
class CheckResult(Record):
    """One check on one submission."""

    id: str
    title: Text
    public: bool
    outcome: Outcome
    max_points: int
    finding: Finding | None = None
    hints: tuple[Text, ...] = ()
    pictures: tuple[Picture, ...] = ()
    notes: tuple[Text, ...] = ()  # e.g. "answered by your own predict: the model has a custom layer"

    @property
    def points(self) -> int:
        """All of them, or none."""
        return self.max_points if self.outcome is Outcome.PASSED else 0


@dataclass(frozen=True)
class CellRecord(Record):
    """One cell of the learner's file as it ran."""

    number: int  # counted from 1 among code cells
    error: str = ""  # e.g. "NameError: name 'x' is not defined"; "" where it ran through
    traceback: str = ""
    line: int | None = None  # in the cell, counted from 1
    limit: str = ""  # the limit that ended it: cpu, idle, memory, output, processes, disk
    advice: tuple[Text, ...] = ()


@dataclass(frozen=True)
class RunRecord(Record):
    """What the learner's file did when it ran from top to bottom."""

    cells: tuple[CellRecord, ...] = ()
    output: str = ""  # what it printed, cleaned of control characters, cut in the middle
    output_bytes: int = 0  # how much it really printed
    notes: tuple[Text, ...] = ()  # e.g. "cell 3 was stopped after 10 s of computing"


@dataclass(frozen=True)
class ExerciseGrade(Record):
    """One learner's work on one exercise."""

    slug: str
    title: Text
    status: Status
    file: str = ""  # its name as it came
    sha256: str = ""  # of its bytes
    messages: tuple[Text, ...] = ()  # about the file: unreadable because ..., two files came ...
    checks: tuple[CheckResult, ...] = ()
    run: RunRecord = field(default_factory=RunRecord)
    counted: Counted | None = None  # what the policy of the course made of it; None without one

    @property
    def earned(self) -> Score:
        """Sum over the checks; faulted ones count neither in points nor in the maximum."""
        judged = [c for c in self.checks if c.outcome is not Outcome.FAULTED]
        return Score(sum(c.points for c in judged), sum(c.max_points for c in judged))

    @property
    def score(self) -> Score:
        """What it counts for: what was earned, under the policy of the course if there is one."""
        return Score(self.counted.points, self.counted.max_points) if self.counted else self.earned

    @property
    def dropped(self) -> bool:
        """Whether the policy leaves it out of the total."""
        return self.counted is not None and self.counted.dropped

    @property
    def faulted(self) -> bool:
        """Whether our own fault touched it, so that it wants grading again."""
        return self.status is Status.FAULTED or any(c.outcome is Outcome.FAULTED for c in self.checks)


@dataclass(frozen=True)
class LearnerGrade(Record):
    """All exercises of one learner, in the order of the course."""

    id: str  # unique in the class, safe as a file name
    name: str  # as a person reads it
    exercises: tuple[ExerciseGrade, ...] = ()
    messages: tuple[Text, ...] = ()  # about files that belong to no exercise
    email: str = ""  # where the platform or a roster told it
    ids: dict[str, str] = field(default_factory=dict)  # system -> id there: student, login, canvas, github, moodle

    @property
    def earned(self) -> Score:
        """Sum over the exercises, as the checks gave it."""
        return sum((e.earned for e in self.exercises), Score())

    @property
    def score(self) -> Score:
        """Sum over the exercises, but for those that the policy drops."""
        return sum((e.score for e in self.exercises if not e.dropped), Score())


@dataclass(frozen=True)
class ExerciseCapsule(Record):
    """What the grades of one exercise depended on besides."""

    slug: str
    sha256: str  # of its checks, words and limits, and of what all exercises share
    seed: int


@dataclass(frozen=True)
class Capsule(Record):
    """What the grades depended on."""

    course: str  # its title's slug
    course_sha256: str
    seed: int | None  # None where nobody named one: then each exercise has its own
    isolation: str  # strict | landlock | process
    versions: dict[str, str]  # python, tensorflow, keras, numpy, gradetape
    exercises: tuple[ExerciseCapsule, ...] = ()  # in the order of the course
    policy_sha256: str = ""  # of the policy that was applied; "" without one


@dataclass(frozen=True)
class ClassGrade(Record):
    """A whole run: what ``grades.json`` holds."""

    course_title: Text
    capsule: Capsule
    learners: tuple[LearnerGrade, ...]
    messages: tuple[Text, ...] = ()  # about files that belong to no learner
    format: int = FORMAT

    @property
    def faulted(self) -> bool:
        """Whether any grade wants doing again through our fault."""
        return any(e.faulted for learner in self.learners for e in learner.exercises)


@dataclass(frozen=True)
class Spent(Record):
    """Seconds by kind of work. Every moment is charged to exactly one kind, so that they add up to the wall time."""

    waiting: float = 0.0  # for its turn, and for TensorFlow to be loaded
    session: float = 0.0  # until the first cell can run
    cells: float = 0.0
    calls: float = 0.0  # in the learner's process on behalf of checks
    judging: float = 0.0  # the rest in the judge: rebuilding and asking models, comparing
    pictures: float = 0.0
    pages: float = 0.0  # writing reports

    def __add__(self, other: Spent) -> Spent:
        return Spent(*(a + b for a, b in zip(self.seconds, other.seconds, strict=True)))

    def scaled(self, factor: float) -> Spent:
        """Every kind times ``factor``."""
        return Spent(*(factor * s for s in self.seconds))

    @property
    def seconds(self) -> tuple[float, ...]:
        """In the order of the fields."""
        return tuple(getattr(self, f.name) for f in dataclasses.fields(self))

    @property
    def total(self) -> float:
        """Of all kinds."""
        return sum(self.seconds)


@dataclass(frozen=True)
class Timing(Record):
    """Seconds of one exercise of one learner; kept in ``timings.json``, apart from the grades."""

    learner: str
    slug: str
    wall_s: float
    learner_s: float  # the learner's own computing: cells and calls
    peak_mb: int = 0
    spent: Spent | None = None  # None where nobody asked, and where the grade was there already

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types; without ``spent`` where it is None."""
        return {name: value for name, value in super().to_json().items() if value is not None}


@dataclass(frozen=True)
class ExerciseSpent(Record):
    """What of a run's wall time the gradings of one exercise account for."""

    slug: str
    spent: Spent


@dataclass(frozen=True)
class Profile(Record):
    """Where the time of a whole run went.

    It is wall time: where ``jobs`` gradings ran at once, each second of one counts as 1 / ``jobs``,
    and what none of them used is waiting.
    """

    jobs: int
    wall_s: float  # until the class page is written
    spent: Spent
    exercises: tuple[ExerciseSpent, ...]  # those of which something was graded
    again: int = 0  # gradings that were there already and cost nothing
