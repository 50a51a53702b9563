"""A policy as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from fractions import Fraction

FILE = "policy.toml"


@dataclass(frozen=True)
class Late:
    """What becomes of work that comes after its deadline."""

    due: datetime | date | None = None  # a date: the end of that day. None: there is no deadline
    grace_minutes: int = 0
    percent_per_day: Fraction = Fraction(0)  # of the points that were earned, for each day that has begun
    at_most: Fraction = Fraction(100)  # percent


@dataclass(frozen=True)
class Extension:
    """A later deadline for one learner."""

    learner: str  # id, name, mail or number, as the instructor wrote it
    exercise: str = ""  # "": all of them
    days: int = 0  # after the deadline of all, where `due` is None
    due: datetime | date | None = None


@dataclass(frozen=True)
class Override:
    """Points that a person gave instead of the checks."""

    learner: str
    exercise: str
    points: Fraction
    reason: str
    author: str
    check: str = ""  # "": the exercise as a whole, after everything else
    written: str = ""  # when, for whoever asks later


@dataclass(frozen=True)
class Policy:
    """All that a course decided. ``zone``: of times that say none themselves."""

    zone: tzinfo | None = None
    late: Late = Late()
    late_by_exercise: dict[str, Late] = field(default_factory=dict)
    extensions: tuple[Extension, ...] = ()
    overrides: tuple[Override, ...] = ()
    drop_lowest: int = 0
    extra_exercises: tuple[str, ...] = ()
    extra_checks: dict[str, tuple[str, ...]] = field(default_factory=dict)  # slug -> ids
    text: str = ""  # of the file, for the record
    sha256: str = ""

    def late_for(self, slug: str) -> Late:
        """The rule for one exercise."""
        return self.late_by_exercise.get(slug, self.late)
