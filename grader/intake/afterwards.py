"""What is asked of an intake before it is graded: can its files be read, and who is absent."""

from __future__ import annotations

from dataclasses import replace

from grader.errors import BadSubmission
from grader.intake.shown import listed
from grader.intake.sources import read_cells
from grader.intake.submissions import Intake, LearnerFiles, Submission
from grader.text import Text, say

NAMED = 20  # learners that a message names


def tried(intake: Intake) -> Intake:
    """With what reading each file's cells would say: what grading does later, without running anything."""
    return replace(intake, learners=tuple(_tried(learner) for learner in intake.learners))


def _tried(learner: LearnerFiles) -> LearnerFiles:
    return replace(learner, submissions=tuple(map(_opened, learner.submissions)))


def _opened(one: Submission) -> Submission:
    if one.data is None:
        return one
    try:
        return replace(one, messages=(*one.messages, *read_cells(one.file, one.data).messages))
    except BadSubmission as bad:
        return replace(one, error=bad.text)


def absence(intake: Intake) -> tuple[Text, ...]:
    """Who of the roster handed in nothing, in one message."""
    names = [
        one.name if one.name == one.id else f"{one.name} ({one.id})"
        for one in intake.learners
        if one.id in set(intake.absent)
    ]
    return (
        say(
            "Nothing came from {count} of the roster, who get no points: {names}.",
            count=len(names),
            names=listed(names, NAMED),
        ),
    )[: len(names)]
