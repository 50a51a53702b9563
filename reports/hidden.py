"""What a learner may see of a grade: the one place that takes the confidential parts away."""

from __future__ import annotations

import dataclasses
import re

from grader.grades import CheckResult, Counted, ExerciseGrade, Finding, LearnerGrade, Outcome, Status
from grader.text import Text, say

# Nothing else of an exception is shown: which error, which line and which words are the program's own choice, and it knows
# the input by then. With these names, and that it stopped at a limit, a check tells a program's author less than five bits.
_ERRORS = (
    "AssertionError", "AttributeError", "ImportError", "IndexError", "KeyError", "NameError", "NotImplementedError",
    "OverflowError", "RecursionError", "RuntimeError", "TypeError", "UnboundLocalError", "ValueError", "ZeroDivisionError",
)  # fmt: skip
_RAISED = re.compile(rf"The (?:call raised|answer breaks when it is read:) ({'|'.join(_ERRORS)}): ")
_LIMIT = "Your program was stopped"  # how the engine begins what it says of every limit
_CALLED = re.compile(r"[A-Za-z_]\w{0,59}(?=\()")


def for_learner(grade: LearnerGrade) -> LearnerGrade:
    """``grade`` without what hidden checks are made of, and without the inside of the grader's faults."""
    return dataclasses.replace(grade, exercises=tuple(map(_exercise, grade.exercises)))


def _exercise(grade: ExerciseGrade) -> ExerciseGrade:
    messages = (_grader_broke(),) if grade.status is Status.FAULTED else grade.messages
    counted = grade.counted and _unnamed(grade.counted)
    judged = grade.status not in (Status.MISSING, Status.UNREADABLE)
    checks = tuple(_check(check) if judged else _not_asked(check) for check in grade.checks)
    return dataclasses.replace(grade, messages=messages, checks=checks, counted=counted)


def _not_asked(check: CheckResult) -> CheckResult:
    """Of a file that did not come, or is no program: why that is tells nothing of a hidden check."""
    return check if check.public else _stripped(check, check.finding and Finding(check.finding.message))


def _unnamed(counted: Counted) -> Counted:
    """Without the names of checks; the sentences have their titles."""
    adjustments = tuple(dataclasses.replace(a, check="") for a in counted.adjustments)
    return dataclasses.replace(counted, adjustments=adjustments)


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
    """What a learner is told of an error: the check chose what it called, and of the rest there are few kinds."""
    message = finding.message.en
    if message.startswith(_LIMIT):
        return say(
            "Your program was stopped at a limit, on an input that is not shown. "
            "The usual cause is a loop that never ends, or an array with far too many elements."
        )
    raised, called = _RAISED.match(message), _CALLED.match(finding.call)
    if not raised:
        return say("Your program stopped on an input that is not shown.")
    if not called:
        return say("Your program raised {error} on an input that is not shown.", error=raised[1])
    return say("{function} raised {error} on an input that is not shown.", function=f"{called[0]}()", error=raised[1])


def _check_broke() -> Text:
    return say("The grader itself failed here, not you. It costs you no points, and your instructor can see it.")


def _grader_broke() -> Text:
    return say(
        "The grader itself failed on this exercise, not you. It costs you no points, and your instructor can see it."
    )
