"""Applies a policy to the grades of a class.

The order: checks, their overrides, extra credit, lateness; then an override of the whole exercise, which has the last word;
then the points of the exercise are rounded to hundredths, once; then the lowest exercises are dropped.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from fractions import Fraction

from grader.grades import Adjustment, AdjustmentKind, ClassGrade, Counted, ExerciseGrade, LearnerGrade, Outcome, Status
from grader.intake import Intake, Submission
from grader.points import rounded, shown
from grader.policy import penalty, whose
from grader.policy.model import Override, Policy
from grader.text import Text, say

Came = Mapping[tuple[str, str], Submission]


def apply(policy: Policy, klass: ClassGrade, intake: Intake) -> ClassGrade:
    """The class with what each exercise counts for, and with messages about whom the policy names and nobody is."""
    found = whose.sort_out(policy, intake)
    came = {(learner.id, s.slug): s for learner in intake.learners for s in learner.submissions}
    learners = tuple(_learner(found.of(policy, learner.id), learner, came) for learner in klass.learners)
    capsule = dataclasses.replace(klass.capsule, policy_sha256=policy.sha256)
    messages = (*klass.messages, *found.messages, *_misfits(policy, learners))
    return dataclasses.replace(klass, capsule=capsule, learners=learners, messages=messages)


def _learner(policy: Policy, learner: LearnerGrade, came: Came) -> LearnerGrade:
    """``policy`` has the extensions and overrides of this learner only."""
    counted = [_exercise(policy, grade, came.get((learner.id, grade.slug))) for grade in learner.exercises]
    return dataclasses.replace(learner, exercises=_dropped(counted, policy.drop_lowest))


def _exercise(policy: Policy, grade: ExerciseGrade, came: Submission | None) -> ExerciseGrade:
    by_check = {o.check: o for o in policy.overrides if o.exercise == grade.slug}  # the last one counts
    extra = policy.extra_checks.get(grade.slug, ())
    points, most, adjustments = Fraction(0), Fraction(0), []
    for check in grade.checks:
        override = by_check.get(check.id) if check.id else None
        if override is not None:
            adjustments.append(_overridden(override, check.points, check.title))
        elif check.outcome is Outcome.FAULTED:
            continue
        points += override.points if override else check.points
        most += 0 if check.id in extra else check.max_points
        if check.id in extra:
            text = say("Extra credit: “{title}” can only add points.", title=check.title)
            adjustments.append(Adjustment(AdjustmentKind.EXTRA_CREDIT, text, check=check.id))
    if grade.slug in policy.extra_exercises:
        most = Fraction(0)
        adjustments.append(
            Adjustment(AdjustmentKind.EXTRA_CREDIT, say("Extra credit: this exercise can only add points."))
        )
    for adjustment in penalty.adjustments(policy, grade, came, points):
        points += adjustment.points
        adjustments.append(adjustment)
    whole = by_check.get("")
    if whole is not None and grade.status is Status.FAULTED:  # nobody knows yet what it is worth
        text = say("An override by {author} waits until the exercise is graded.", author=whole.author)
        adjustments.append(Adjustment(AdjustmentKind.OVERRIDE, text, author=whole.author, reason=whole.reason))
    elif whole is not None:
        adjustments.append(_overridden(whole, rounded(points), None))
        points = whole.points
    return dataclasses.replace(
        grade, counted=Counted(rounded(points), most, adjustments=tuple(map(_rounded, adjustments)))
    )


def _rounded(adjustment: Adjustment) -> Adjustment:
    """For the report; the points themselves are rounded once, as a whole."""
    return dataclasses.replace(adjustment, points=rounded(adjustment.points))


def _overridden(override: Override, before: Fraction | int, title: Text | None) -> Adjustment:
    parts = {"points": shown(override.points), "author": override.author, "reason": override.reason}
    text = (
        say("Points set to {points} by {author}: {reason}", **parts)
        if title is None
        else say("“{title}”: points set to {points} by {author}: {reason}", title=title, **parts)
    )
    change = override.points - before
    return Adjustment(AdjustmentKind.OVERRIDE, text, change, override.check, override.author, override.reason)


def _dropped(grades: Iterable[ExerciseGrade], lowest: int) -> tuple[ExerciseGrade, ...]:
    """The lowest shares of the points go; of equal ones the later in the course; never the last one that counts."""
    grades = tuple(grades)
    counting = [(n, g) for n, g in enumerate(grades) if g.score.max_points and not g.faulted]
    counting.sort(key=lambda pair: (Fraction(pair[1].score.points) / Fraction(pair[1].score.max_points), -pair[0]))
    gone = {n for n, _ in counting[: min(lowest, len(counting) - 1)]} if lowest else set()
    return tuple(_without(g) if n in gone else g for n, g in enumerate(grades))


def _without(grade: ExerciseGrade) -> ExerciseGrade:
    assert grade.counted is not None
    text = say("Among your lowest exercises: it is dropped and does not count in the total.")
    adjustments = (*grade.counted.adjustments, Adjustment(AdjustmentKind.DROPPED, text))
    return dataclasses.replace(grade, counted=dataclasses.replace(grade.counted, dropped=True, adjustments=adjustments))


def _misfits(policy: Policy, learners: tuple[LearnerGrade, ...]) -> list[Text]:
    """Overrides that could not do what they say."""
    said = []
    by_slug = {e.slug: e for learner in learners for e in learner.exercises if e.checks}
    for override in policy.overrides:
        grade = by_slug.get(override.exercise)
        worth = {c.id: c.max_points for c in grade.checks} if grade else {}
        words = {"learner": override.learner, "exercise": override.exercise, "check": override.check}
        if grade and override.check and override.check not in worth:
            said.append(
                say("Policy: the override of {learner} names a check {check}, which {exercise} does not have.", **words)
            )
            continue
        most = worth.get(override.check, 0) if override.check else sum(worth.values())
        if grade and override.points > most:
            said.append(
                say(
                    "Policy: the override of {learner} in {exercise} gives {points} points; it is worth {most}.",
                    **words,
                    points=shown(override.points),
                    most=shown(most),
                )
            )
    for slug, checks in policy.extra_checks.items():
        known = {c.id for c in by_slug[slug].checks} if slug in by_slug else set(checks)
        said += [
            say(
                "Policy: extra credit names a check {check}, which {exercise} does not have.",
                check=check,
                exercise=slug,
            )
            for check in checks
            if check not in known
        ]
    return said
