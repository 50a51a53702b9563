"""What a grade is: plain data, its arithmetic, and its JSON. Imports nothing that is heavy.

`FORMAT` numbers the JSON. 1: first format (0.1.0). Its schema is ``reports/schema/grades-1.schema.json``.
A grade holds no clock: timings are kept apart (`Timing`), so that the same bytes give the same grade.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from dataclasses import dataclass, field
from typing import Any, Self

from grader.text import Text

FORMAT = 1


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


class Record:
    """A frozen dataclass that goes to JSON and back by its field types."""

    def to_json(self) -> dict[str, Any]:
        """Plain JSON types, every field by its name."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}  # type: ignore[arg-type]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """The reverse of `to_json`. Raises KeyError, TypeError or ValueError where ``data`` does not fit."""
        hints = typing.get_type_hints(cls)
        return cls(**{f.name: _typed(data[f.name], hints[f.name]) for f in dataclasses.fields(cls)})  # type: ignore[arg-type]


def _plain(value: Any) -> Any:
    if isinstance(value, (Record, Text)):
        return value.to_json()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (tuple, list)):
        return [_plain(v) for v in value]
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    return value


def _typed(value: Any, kind: Any) -> Any:
    if isinstance(kind, types.UnionType):  # only ever "X | None"
        if value is None:
            return None
        return _typed(value, next(k for k in typing.get_args(kind) if k is not type(None)))
    if typing.get_origin(kind) is tuple:
        return tuple(_typed(v, typing.get_args(kind)[0]) for v in value)
    if isinstance(kind, type) and issubclass(kind, (Record, Text)):
        return kind.from_json(value)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return kind(value)
    return value


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
class Score:
    """Points as a fraction that adds; nothing is rounded before it is shown."""

    points: int = 0
    max_points: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.points + other.points, self.max_points + other.max_points)

    @property
    def percent(self) -> int:
        """0..100; 0 and 100 only when exact (nothing, everything)."""
        if self.points == self.max_points or not self.max_points:
            return 100 if self.max_points else 0
        return 0 if not self.points else min(99, max(1, round(100 * self.points / self.max_points)))


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

    @property
    def score(self) -> Score:
        """Sum over the checks; faulted ones count neither in points nor in the maximum."""
        return sum((Score(c.points, c.max_points) for c in self.checks if c.outcome is not Outcome.FAULTED), Score())

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

    @property
    def score(self) -> Score:
        """Sum over the exercises."""
        return sum((e.score for e in self.exercises), Score())


@dataclass(frozen=True)
class Capsule(Record):
    """What the grades depended on."""

    course: str  # its title's slug
    course_sha256: str
    seed: int
    isolation: str  # strict | landlock | process
    versions: dict[str, str]  # python, tensorflow, keras, numpy, gradetape


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
