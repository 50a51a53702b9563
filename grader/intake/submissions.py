"""What intake hands on: learners, their files, and what could not be read. Plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.text import Text

MB = 1_000_000


@dataclass(frozen=True)
class IntakeLimits:
    """What is read at most; beyond it a file is refused, the rest goes on."""

    script_mb: int = 2
    notebook_mb: int = 20  # a notebook that printed 5 MB is welcome
    learner_mb: int = 100  # all files of one learner together
    total_mb: int = 2000  # all files of a class together, as they stay in memory
    archive_mb: int = 4000  # a zip as it lies on disk
    inner_archive_mb: int = 100  # a zip in a zip
    entries: int = 50_000  # files in one folder or zip
    total_entries: int = 500_000  # below one PATH
    depth: int = 12  # folders in folders


@dataclass(frozen=True)
class Submission:
    """One learner's file for one exercise."""

    learner_id: str
    learner_name: str
    slug: str
    file: str  # its name as it came, safe to show
    data: bytes | None  # None where it could not be read: then `error` says why
    messages: tuple[Text, ...] = ()
    error: Text | None = None
    submitted_at: str = ""  # ISO 8601 with its offset, where the platform told it
    late: bool | None = None  # the platform's own mark; None where it says nothing
    earlier: tuple[str, ...] = ()  # when earlier attempts were handed in, as the platform told it
    place: str = field(default="", compare=False)  # the whole path of the file, zips as folders
    rule: str = ""  # why it is for this exercise: exact, spelling, copy, words, folder (the file's name), content
    cells: int | None = None  # so many from the top are this exercise's; None where all are


@dataclass(frozen=True)
class LearnerFiles:
    """All that came from one learner, at most one submission for an exercise."""

    id: str  # unique in the intake, safe as a file name
    name: str  # as a person reads it
    submissions: tuple[Submission, ...] = ()
    messages: tuple[Text, ...] = ()  # about files that belong to no exercise
    email: str = ""  # where the platform or a roster told it
    ids: tuple[tuple[str, str], ...] = ()  # what systems call this learner, e.g. ("canvas", "12345")
    layout: str = ""  # which way of handing in was recognised, e.g. "canvas"; see grader.intake.layouts
    beside: tuple[str, ...] = ()  # files that are no programs, such as a report, of which no message speaks


@dataclass(frozen=True)
class Intake:
    """All that came, learners sorted by id."""

    learners: tuple[LearnerFiles, ...] = ()
    messages: tuple[Text, ...] = ()  # about what belongs to nobody
    absent: tuple[str, ...] = ()  # ids of learners in the roster from whom nothing came
