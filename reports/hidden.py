"""What a learner may see of a grade: the one place that takes the confidential parts away."""

from __future__ import annotations

import builtins
import dataclasses
import re

from grader.grades import CheckResult, ExerciseGrade, Finding, LearnerGrade, Outcome, Status
from grader.text import Text, say

# Where the learner's program stood. A frame comes from beside the learner's code: only its place is taken over,
# as its other words could be made to carry the input of a hidden check.
_FRAME = re.compile(r"^(cell \d{1,4}|[\w-]{1,40}\.(?:py|ipynb)), line (\d{1,5}), in ", re.MULTILINE)


def for_learner(grade: LearnerGrade) -> LearnerGrade:
    """``grade`` without what hidden checks are made of, and without the inside of the grader's faults."""
    return dataclasses.replace(grade, exercises=tuple(map(_exercise, grade.exercises)))


def _exercise(grade: ExerciseGrade) -> ExerciseGrade:
    messages = (_grader_broke(),) if grade.status is Status.FAULTED else grade.messages
    return dataclasses.replace(grade, messages=messages, checks=tuple(map(_check, grade.checks)))


def _check(check: CheckResult) -> CheckResult:
    if check.outcome is Outcome.FAULTED:
        return _stripped(check, Finding(_check_broke()))
    if check.public:
        return check
    return _stripped(check, Finding(_hidden_message(check)) if check.finding else None)


def _stripped(check: CheckResult, finding: Finding | None) -> CheckResult:
    return CheckResult(
        id="",  # a name such as "swapped_operands" would say what is tried
        title=check.title,
        public=check.public,
        outcome=check.outcome,
        max_points=check.max_points,
        finding=finding,
        hints=check.hints,
    )


def _hidden_message(check: CheckResult) -> Text:
    if check.outcome is Outcome.SKIPPED:
        return say("This check builds on another one; get that one right first.")
    if check.outcome is Outcome.ERRORED and check.finding:
        return _stopped(check.finding)
    return say("The answer is not right for every input that this check tries. It does not show them.")


def _stopped(finding: Finding) -> Text:
    frames = _FRAME.findall(finding.traceback)
    if not frames:
        return say("Your program stopped on an input that is not shown.")
    place, line = frames[-1]
    return say(
        "Your program stopped on an input that is not shown: {error} at {place}, line {line}.",
        error=_error_name(finding.message.en),
        place=_place(place),
        line=line,
    )


def _place(place: str) -> Text:
    kind, _, number = place.partition(" ")
    return say("cell {number}", number=number) if kind == "cell" else Text.same(place)


def _error_name(message: str) -> str:
    """Python's own name of the exception; a learner's own class could be named after an input."""
    names = (w for w in re.findall(r"\w+", message) if isinstance(getattr(builtins, w, None), type))
    return next((n for n in names if issubclass(getattr(builtins, n), BaseException)), "Exception")


def _check_broke() -> Text:
    return say("The grader itself failed here, not you. It costs you no points, and your instructor can see it.")


def _grader_broke() -> Text:
    return say(
        "The grader itself failed on this exercise, not you. It costs you no points, and your instructor can see it."
    )
