"""What lateness costs, and the sentences that say so. Where nobody told when work came, nothing is taken off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction

from grader.grades import Adjustment, AdjustmentKind, ExerciseGrade, Status
from grader.intake import Submission
from grader.points import shown
from grader.policy.lateness import days_late, deadline, moment_of
from grader.policy.lateness import shown as shown_moment
from grader.policy.model import Late, Policy
from grader.text import Text, say

_FULL = 100


def adjustments(
    policy: Policy, grade: ExerciseGrade, came: Submission | None, points: Fraction
) -> Iterator[Adjustment]:
    """An extension that the learner has, and what is taken from ``points``. ``policy`` has this learner's extensions only."""
    late = policy.late_for(grade.slug)
    if late.due is None or came is None or grade.status is Status.MISSING:
        return
    due, days = _extended(policy, grade.slug, late.due)
    last = deadline(due, days, policy.zone)
    if (due, days) != (late.due, 0):
        text = say("Your deadline was extended to {due}.", due=shown_moment(last, policy.zone))
        yield Adjustment(AdjustmentKind.EXTENSION, text)
    moment = moment_of(came.submitted_at)
    if moment is None:
        if came.late is not False:
            yield Adjustment(AdjustmentKind.UNKNOWN_TIME, _unknown(came))
        return
    count = days_late(moment, last, timedelta(minutes=late.grace_minutes), policy.zone)
    if count:
        percent = min(count * late.percent_per_day, late.at_most)
        text = say(
            "{late} It was due {due} and came {came}.",
            late=_sentence(count, percent, late),
            due=shown_moment(last, policy.zone),
            came=shown_moment(moment, policy.zone),
        )
        yield Adjustment(AdjustmentKind.LATE, text, -points * percent / _FULL)


def _extended(policy: Policy, slug: str, due: datetime | date) -> tuple[datetime | date, int]:
    """The learner's own deadline: the last extension that names the exercise, else the last for all; never an earlier one."""
    own = [e for e in policy.extensions if e.exercise == slug] or [e for e in policy.extensions if not e.exercise]
    if not own:
        return due, 0
    wanted, days = own[-1].due or due, own[-1].days
    earlier = deadline(wanted, days, policy.zone) < deadline(due, 0, policy.zone)
    return (due, 0) if earlier else (wanted, days)


def _sentence(days: int, percent: Fraction, late: Late) -> Text:
    if not percent:
        return (
            say("1 day late: nothing is taken off.")
            if days == 1
            else say("{days} days late: nothing is taken off.", days=days)
        )
    parts = {"days": days, "percent": shown(percent), "most": shown(late.at_most)}
    if late.at_most >= _FULL:
        return (
            say("1 day late: {percent} % off.", **parts)
            if days == 1
            else say("{days} days late: {percent} % off.", **parts)
        )
    if days == 1:
        return say("1 day late: {percent} % off, at most {most} %.", **parts)
    return say("{days} days late: {percent} % off, at most {most} %.", **parts)


def _unknown(came: Submission) -> Text:
    if came.late:
        return say("It is marked as late, but nobody told when it came: nothing was taken off.")
    return say("Nobody told when it came: nothing was taken off for lateness.")
