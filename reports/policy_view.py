"""What the policy of a course made of the points, as pages and exports tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.grades import Adjustment, AdjustmentKind, ClassGrade, ExerciseGrade, LearnerGrade, shown
from grader.text import say
from reports.notices import learner_link
from reports.plain import clean, cut
from reports.words import points_of

MAX_SENTENCE = 600
MAX_ROWS = 200  # on the class page


@dataclass(frozen=True)
class PolicyRow:
    """One thing that the policy did to one learner's exercise."""

    name: str
    link: str
    exercise: str
    text: str


def adjustments(exercise: ExerciseGrade, lang: str) -> tuple[str, ...]:
    """A sentence for each thing that the policy did, and what the checks alone would have given."""
    if exercise.counted is None or not exercise.counted.adjustments:
        return ()
    said = tuple(_sentence(adjustment, lang) for adjustment in exercise.counted.adjustments)
    earned = exercise.earned
    if earned == exercise.score:
        return said
    words = say("The checks alone gave {score}.", score=points_of(earned.points, earned.max_points))
    return (*said, words.in_language(lang))


def _sentence(adjustment: Adjustment, lang: str) -> str:
    text = cut(clean(adjustment.text.in_language(lang)), MAX_SENTENCE)
    if not adjustment.points:
        return text
    sign = "+" if adjustment.points > 0 else "−"
    return f"{text} ({sign}{shown(abs(adjustment.points))})"


def policy_rows(klass: ClassGrade, lang: str) -> Iterator[PolicyRow]:
    """All of them, in the order of the class; last those of work whose time nobody knows, as they may be many."""
    for unknown in (False, True):
        for learner in klass.learners:
            yield from _rows(learner, lang, unknown=unknown)


def more_rows(n: int, lang: str) -> str:
    """Where the others are; "" where there are none."""
    return say("{n} more stand in grades.csv.", n=n).in_language(lang) if n > 0 else ""


def _rows(learner: LearnerGrade, lang: str, *, unknown: bool) -> Iterator[PolicyRow]:
    for exercise in learner.exercises:
        for adjustment in exercise.counted.adjustments if exercise.counted else ():
            if (adjustment.kind is AdjustmentKind.UNKNOWN_TIME) is not unknown:
                continue
            title = exercise.title.in_language(lang)
            yield PolicyRow(learner.name, learner_link(learner.id), title, _sentence(adjustment, lang))
