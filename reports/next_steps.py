"""What a learner should do next: the first thing in the way of each exercise that is not right."""

from __future__ import annotations

from dataclasses import dataclass

from grader.grades import CellRecord, ExerciseGrade, Outcome, Status
from grader.text import Text, say
from reports.plain import cut
from reports.run_view import stop_error, stop_title, stopped_cells
from reports.words import points

MAX_WHY = 300


@dataclass(frozen=True)
class Step:
    """Something to do next, and where on the page it stands."""

    anchor: str
    exercise: str
    title: str
    why: str
    gain: str  # the points still to be had in the exercise


def next_steps(exercises: tuple[ExerciseGrade, ...], lang: str) -> tuple[Step, ...]:
    """One for each exercise that is not right: first those that were begun, then those that were not handed in."""
    numbered = list(enumerate(exercises, 1))
    begun = [(n, e) for n, e in numbered if e.status is Status.GRADED and e.earned.points < e.earned.max_points]
    absent = [(n, e) for n, e in numbered if e.status in (Status.MISSING, Status.UNREADABLE)]
    return tuple([_step(e, n, lang) for n, e in begun] + [_hand_in(e, n, lang) for n, e in absent])


def _step(exercise: ExerciseGrade, number: int, lang: str) -> Step:
    """The first check in the way; the ones after it may only be skipped because of it."""
    index, check = next((i, c) for i, c in enumerate(exercise.checks, 1) if not _done(c.outcome))
    stop = next((cell for cell in stopped_cells(exercise.run)), None)
    if stop and check.outcome is not Outcome.FAILED:  # what the checks miss may stand behind the line that stopped
        return _mend(exercise, stop, number, lang)
    finding = check.finding
    why = finding.mistake.text if finding and finding.mistake else finding.message if finding else Text.same("")
    return _made(exercise, f"check-{number}-{index}", check.title, why.in_language(lang), lang)


def _done(outcome: Outcome) -> bool:
    return outcome in (Outcome.PASSED, Outcome.FAULTED)


def _mend(exercise: ExerciseGrade, stop: CellRecord, number: int, lang: str) -> Step:
    return _made(exercise, f"exercise-{number}", stop_title(stop), stop_error(stop), lang)


def _hand_in(exercise: ExerciseGrade, number: int, lang: str) -> Step:
    why = exercise.messages[-1].in_language(lang) if exercise.messages else ""
    missing = exercise.status is Status.MISSING
    todo = say("Hand in a file") if missing else say("Hand in a file that can be read")
    return _made(exercise, f"exercise-{number}", todo, why, lang)


def _made(exercise: ExerciseGrade, anchor: str, title: Text, why: str, lang: str) -> Step:
    missing = exercise.earned.max_points - exercise.earned.points
    return Step(
        anchor=anchor,
        exercise=exercise.title.in_language(lang),
        title=title.in_language(lang),
        why=cut(why, MAX_WHY),
        gain=points(missing).in_language(lang) if missing else "",
    )
