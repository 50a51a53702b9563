"""What a learner's page holds, ready for the template: every decision is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from grader.grades import (
    Capsule,
    CheckResult,
    ClassGrade,
    ExerciseGrade,
    Finding,
    LearnerGrade,
    Outcome,
    Picture,
    Score,
    Status,
    StepRow,
)
from grader.text import Text, say
from reports.compare import Comparison, compare
from reports.hidden import for_learner
from reports.next_steps import Step, next_steps
from reports.pictures import Figure, draw
from reports.plain import cut
from reports.policy_view import adjustments
from reports.run_view import MAX_SENTENCE, MAX_TRACEBACK, RunView, run_view, sentences
from reports.statistics import FULL
from reports.words import (
    Badge,
    Words,
    count_of_outcome,
    learner_words,
    outcome_badge,
    points_of,
    status_badge,
)

MAX_STEPS = 3
Draw = Callable[[Picture, str, str], Figure]


@dataclass(frozen=True)
class CheckView:
    """One check as the page shows it; "" and () where there is nothing to say."""

    anchor: str
    title: str
    badge: Badge
    hidden: bool
    score: str
    score_words: str
    explained: bool  # more to show than the title
    message: str
    mistake: str
    comparison: Comparison | None
    steps: tuple[StepRow, ...]
    steps_note: str
    where: str
    call: str
    advice: tuple[str, ...]
    traceback: str
    hints: tuple[tuple[str, str], ...]  # (what stands on it, what is in it)
    figures: tuple[Figure, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ExerciseView:
    """One exercise as the page shows it."""

    anchor: str
    title: str
    badge: Badge
    score: str
    score_words: str
    percent: int
    summary: str  # what became of its checks, in words
    file: str
    messages: tuple[str, ...]
    adjustments: tuple[str, ...]  # what the policy did
    checks: tuple[CheckView, ...]
    run: RunView


@dataclass(frozen=True)
class LearnerPage:
    """Everything that ``learner.html`` shows."""

    lang: str
    words: Words
    course: str
    name: str
    percent: int
    score_words: str
    complete: bool
    counts: tuple[Badge, ...]
    faulted: bool
    steps: tuple[Step, ...]
    more_steps: str
    messages: tuple[str, ...]
    exercises: tuple[ExerciseView, ...]
    has_hidden: bool
    made_with: str


def learner_page(klass: ClassGrade, grade: LearnerGrade, lang: str, draw: Draw = draw) -> LearnerPage:
    """The page of one learner. Confidential parts are taken away first. ``draw`` draws its pictures."""
    grade = for_learner(grade)
    score = grade.score
    exercises = tuple(exercise_view(e, lang, draw, n) for n, e in enumerate(grade.exercises, 1))
    steps = next_steps(grade.exercises, lang)
    return LearnerPage(
        lang=lang,
        words=learner_words(lang),
        course=klass.course_title.in_language(lang),
        name=grade.name,
        percent=score.percent,
        score_words=points_of(score.points, score.max_points).in_language(lang),
        complete=grade.earned.percent == FULL,
        counts=_counts(grade.exercises, lang),
        faulted=any(e.faulted for e in grade.exercises),
        steps=steps[:MAX_STEPS],
        more_steps=_more(len(steps) - MAX_STEPS, lang),
        messages=sentences(grade.messages, lang),
        exercises=exercises,
        has_hidden=any(c.hidden for e in exercises for c in e.checks),
        made_with=_made_with(klass.capsule, lang),
    )


def _counts(exercises: tuple[ExerciseGrade, ...], lang: str) -> tuple[Badge, ...]:
    counted = Counter(c.outcome for e in exercises if e.status is Status.GRADED for c in e.checks)
    checks = [Badge(o.value, count_of_outcome(o, counted[o]).in_language(lang)) for o in Outcome if counted[o]]
    missing = sum(e.status is Status.MISSING for e in exercises)
    if missing:
        checks.append(Badge(Status.MISSING.value, say("{n} not handed in", n=missing).in_language(lang)))
    return tuple(checks)


def _more(n: int, lang: str) -> str:
    return say("{n} more below.", n=n).in_language(lang) if n > 0 else ""


def _made_with(capsule: Capsule, lang: str) -> str:
    names = {
        "gradetape": "GradeTape",
        "python": "Python",
        "tensorflow": "TensorFlow",
        "keras": "Keras",
        "numpy": "NumPy",
    }
    versions = [f"{names.get(k, k)} {v}" for k, v in sorted(capsule.versions.items())]
    return " · ".join([*versions, say("isolation: {tier}", tier=capsule.isolation).in_language(lang)])


def exercise_view(grade: ExerciseGrade, lang: str, draw: Draw = draw, number: int = 1) -> ExerciseView:
    """One exercise, as the number-th of its page."""
    score = grade.score
    graded = grade.status is Status.GRADED
    return ExerciseView(
        anchor=f"exercise-{number}",
        title=grade.title.in_language(lang),
        badge=_exercise_badge(grade, lang),
        score=str(score),
        score_words=points_of(score.points, score.max_points).in_language(lang),
        percent=score.percent,
        summary=_summary(grade, lang),
        file=grade.file,
        messages=sentences(grade.messages, lang),
        adjustments=adjustments(grade, lang),
        checks=tuple(_check(c, f"check-{number}-{i}", lang, draw) for i, c in enumerate(grade.checks, 1))
        if graded
        else (),
        run=run_view(grade.run, lang),
    )


def _exercise_badge(grade: ExerciseGrade, lang: str) -> Badge:
    if grade.status is not Status.GRADED:
        return status_badge(grade.status, lang)
    worst = (Outcome.FAULTED, Outcome.ERRORED, Outcome.FAILED, Outcome.SKIPPED, Outcome.PASSED)
    outcomes = {c.outcome for c in grade.checks}
    return outcome_badge(next((o for o in worst if o in outcomes), Outcome.SKIPPED), lang)


def _summary(grade: ExerciseGrade, lang: str) -> str:
    if grade.status is not Status.GRADED:
        return status_badge(grade.status, lang).word
    passed = sum(c.outcome is Outcome.PASSED for c in grade.checks)
    return say("{passed} of {total} checks passed", passed=passed, total=len(grade.checks)).in_language(lang)


def _check(check: CheckResult, anchor: str, lang: str, draw: Draw) -> CheckView:
    open_to_see = check.outcome is not Outcome.PASSED
    finding = check.finding if open_to_see and check.finding else Finding(Text.same(""))
    score = Score(check.points, check.max_points)
    judged = check.outcome is not Outcome.FAULTED
    return CheckView(
        anchor=anchor,
        title=check.title.in_language(lang),
        badge=outcome_badge(check.outcome, lang),
        hidden=not check.public,
        score=str(score) if judged else "–",
        score_words=(points_of(check.points, check.max_points) if judged else say("does not count")).in_language(lang),
        explained=open_to_see or bool(check.pictures or check.notes),
        message=cut(finding.message.in_language(lang), MAX_SENTENCE),
        mistake=finding.mistake.text.in_language(lang) if finding.mistake else "",
        comparison=compare(_said(finding.expected, lang), _said(finding.actual, lang)),
        steps=finding.steps.rows if finding.steps else (),
        steps_note=(_said(finding.steps.note, lang) if finding.steps else "") or "",
        where=cut(_said(finding.where, lang) or "", MAX_SENTENCE),
        call=cut(finding.call, MAX_SENTENCE),
        advice=sentences(finding.advice, lang),
        traceback=cut(finding.traceback, MAX_TRACEBACK),
        hints=_hints(check, lang) if open_to_see else (),
        figures=tuple(draw(p, f"{anchor}-{i}", lang) for i, p in enumerate(check.pictures, 1)),
        notes=sentences(check.notes, lang),
    )


def _said(text: Text | None, lang: str) -> str | None:
    return None if text is None else text.in_language(lang)


def _hints(check: CheckResult, lang: str) -> tuple[tuple[str, str], ...]:
    if len(check.hints) == 1:
        return ((say("Hint").in_language(lang), check.hints[0].in_language(lang)),)
    return tuple((say("Hint {n}", n=n).in_language(lang), h.in_language(lang)) for n, h in enumerate(check.hints, 1))
