"""What every export format is given and gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, LearnerGrade, Points, Score, Status
from grader.text import Text, say
from reports.plain import clean


@dataclass(frozen=True)
class Place:
    """Where a learner's file lies, and which of its lines is which."""

    path: str  # below the folder that was looked in, with "/" between
    starts: tuple[int, ...] = ()  # the line where each code cell begins; none for a notebook, whose lines nobody sees
    names: Mapping[str, int] = field(default_factory=dict)  # what is defined -> the line


@dataclass(frozen=True)
class Wishes:
    """What the user asked for besides the format."""

    lang: str = "en"
    slug: str = ""  # one exercise instead of the total
    column: str = ""  # the gradebook's column to fill
    feedback_column: str = ""
    given: str = ""  # text of the file to fill in
    meta: Mapping[str, str] = field(default_factory=dict)  # what a platform wants to know besides the grades
    places: Mapping[str, Place] = field(default_factory=dict)  # SHA-256 of a file -> where it lies


@dataclass(frozen=True)
class File:
    """One file of an export; ``name`` is relative to where the export goes."""

    name: str
    text: str


@dataclass(frozen=True)
class Exported:
    """The files, and what the user has to know: whom nothing was found for, what was scaled."""

    files: tuple[File, ...]
    messages: tuple[Text, ...] = ()


class CannotExport(ValueError):
    """The export cannot be made; says why and the repair."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


Export = Callable[[ClassGrade, Wishes], Exported]


@dataclass(frozen=True)
class Format:
    """A line of the table of formats."""

    name: str
    about: str  # for the command's help
    export: Export
    fills: bool = False  # whether it wants the instructor's own file


def exercises_of(learner: LearnerGrade, slug: str) -> list[ExerciseGrade]:
    """The one called ``slug``, or all."""
    return [e for e in learner.exercises if not slug or e.slug == slug]


def check_name(exercise: ExerciseGrade, check: CheckResult, lang: str) -> str:
    """What a check is called where those of all exercises stand in one list."""
    return f"{one_line(exercise.title.in_language(lang))}: {one_line(check.title.in_language(lang))}"


def mark(learner: LearnerGrade, slug: str) -> Score | None:
    """The learner's points, of one exercise or in total; None where the grader's own fault leaves nothing to tell."""
    scores = [
        e.score for e in exercises_of(learner, slug) if e.status is not Status.FAULTED and (slug or not e.dropped)
    ]
    return sum(scores, Score()) if scores else None


def number(value: float | Points) -> str:
    """At most two decimals, none where there are none."""
    return f"{float(value):.2f}".rstrip("0").rstrip(".")


def one_line(text: str) -> str:
    """Fit for a cell or a heading."""
    return " ".join(clean(text).split())


def unfinished(klass: ClassGrade) -> tuple[Text, ...]:
    """A message for each learner whose grade the grader's own fault has touched: the export leaves that part out."""
    return tuple(
        say(
            "{name}: the grader failed on {exercises}; that part is left out, not counted as zero. Grade it again.",
            name=one_line(learner.name),
            exercises=", ".join(e.slug for e in learner.exercises if e.faulted),
        )
        for learner in klass.learners
        if any(e.faulted for e in learner.exercises)
    )
