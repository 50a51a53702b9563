"""The bytes of one handed-in file, under the limits."""

from __future__ import annotations

from dataclasses import dataclass

from grader.errors import BadSubmission
from grader.intake.folders import Entry, unreadable
from grader.intake.matching import take_apart
from grader.intake.shown import shown, size
from grader.intake.submissions import MB, IntakeLimits
from grader.text import Text, say


@dataclass
class Room:
    """How many bytes may still be read: of one learner, and of the class, which all stay in memory."""

    limits: IntakeLimits
    learner: int = 0
    total: int = 0

    def next_learner(self) -> None:
        """A learner's room begins anew; the class's does not."""
        self.learner = 0

    def take(self, name: str, length: int) -> None:
        """Count a file that is kept. Raises BadSubmission where there is no room for it."""
        if self.learner + length > self.limits.learner_mb * MB:
            raise BadSubmission(
                say(
                    "{file} was not read: the files of one learner may have {limit} together. "
                    "Clear the outputs of the notebooks and hand them in again.",
                    file=shown(name),
                    limit=size(self.limits.learner_mb * MB),
                )
            )
        if self.total + length > self.limits.total_mb * MB:
            raise BadSubmission(
                say(
                    "{file} was not read: more than {limit} came at once. Grade the class in parts.",
                    file=shown(name),
                    limit=size(self.limits.total_mb * MB),
                )
            )
        self.learner += length
        self.total += length


def read(entry: Entry, limits: IntakeLimits) -> bytes:
    """All bytes of ``entry``. Raises BadSubmission: never more than the limit is read, whatever size it claims."""
    if entry.problem:
        raise BadSubmission(entry.problem)
    notebook = take_apart(entry.name).ending == ".ipynb"
    limit = (limits.notebook_mb if notebook else limits.script_mb) * MB
    try:
        data = entry.read(limit + 1) if entry.size <= limit else b""
    except OSError as error:
        raise BadSubmission(unreadable(entry.name, error)) from error
    if max(entry.size, len(data)) > limit:
        raise BadSubmission(_too_large(entry.name, max(entry.size, len(data)), limit, notebook=notebook))
    return data


def _too_large(name: str, actual: int, limit: int, *, notebook: bool) -> Text:
    if notebook:
        return say(
            "{file} has {size}, and at most {limit} are read. Clear all outputs, save it, and hand it in again.",
            file=shown(name),
            size=size(actual),
            limit=size(limit),
        )
    return say(
        "{file} has {size}, and at most {limit} are read. Hand in the program without data in it.",
        file=shown(name),
        size=size(actual),
        limit=size(limit),
    )
