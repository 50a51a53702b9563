"""Every error of the grader, by who has to act on it.

GradeTapeError
├── LearnerFault            the learner acts
│   ├── WrongAnswer         an answer came, and it is not the expected one  -> failed
│   └── BrokenProgram       no answer came                                  -> errored
│       └── LimitReached    ... because a limit was reached                 -> errored
├── BadSubmission           a file cannot be read as a submission: says which and the repair
├── AuthorError             a course file is wrong: says which, and the command that repairs it
├── FolderFault             a folder to write in is full, read-only, gone or in use: says which and the repair
│   └── StoreFault          ... or a database, which is named without its password
├── ClusterFault            other machines that were to grade are gone or refused: says which and the repair
└── GraderFault             our own fault: costs no points, is loud         -> faulted
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.grades import Finding
    from grader.text import Text

REPAIR = "make it a folder that you may write in, or name another one"
REPAIRS = {
    errno.ENOSPC: "make room on its disk, or name a folder on another one",
    errno.EDQUOT: "make room in your quota, or name a folder elsewhere",
    errno.EROFS: "its disk is read-only; name a folder on another one",
    errno.ENOENT: "it was removed while it was in use; leave it where it is, and start again",
}


class GradeTapeError(Exception):
    """The root, so that a caller can catch all of them."""


class LearnerFault(GradeTapeError):
    """The learner has to change something; carries what a report shows."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message.en)
        self.finding = finding


class WrongAnswer(LearnerFault):
    """The answer is not the expected one.

    ``key`` names a message of the exercise's own texts, to be filled with ``parts``; "" where the finding says it all.
    """

    def __init__(self, finding: Finding, key: str = "", parts: Mapping[str, Any] | None = None) -> None:
        super().__init__(finding)
        self.key = key
        self.parts = dict(parts or {})


class BrokenProgram(LearnerFault):
    """The learner's program raised, or has no such name."""


class LimitReached(BrokenProgram):
    """The learner's program ran into a limit; ``limit`` names it: cpu, idle, memory, output, processes, disk."""

    def __init__(self, finding: Finding, limit: str) -> None:
        super().__init__(finding)
        self.limit = limit


class BadSubmission(GradeTapeError):
    """A file that is no submission; ``text`` names the file and the repair."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class AuthorError(GradeTapeError):
    """A course file is wrong; the message names the file and the repair."""


class FolderFault(GradeTapeError):
    """A folder that the grader writes in gives out; the message names it and the repair."""

    @classmethod
    def of(cls, folder: Path, error: OSError) -> FolderFault:
        """For what the system said."""
        reason = os.strerror(error.errno) if error.errno else str(error)
        return cls(f"{folder} cannot be written ({reason}): {REPAIRS.get(error.errno or 0, REPAIR)}")


class ClusterFault(GradeTapeError):
    """Other machines cannot grade; the message names them and the repair. What was graded is kept."""


class StoreFault(FolderFault):
    """A database that holds the grades gives out; the message names it without its password, and the repair."""


class GraderFault(GradeTapeError):
    """The grader itself failed. Never costs points."""
