"""What a check has to say, as plain lines: for every format that has room for words."""

from __future__ import annotations

from grader.grades import CheckResult, ExerciseGrade, Finding, LearnerGrade, Outcome, Parting, Status
from grader.text import say
from reports.formats.base import exercises_of, one_line
from reports.plain import clean, cut
from reports.policy_view import adjustments
from reports.words import outcome_badge, points_of, status_badge

MAX_LINE = 600


def of_check(check: CheckResult, lang: str) -> list[str]:
    """Message, what was expected, what came, where, the mistake's name, the call, and the first hint; [] where it passed."""
    if check.outcome is Outcome.PASSED or check.finding is None:
        return []
    return [*of_finding(check.finding, lang), *(cut(h.in_language(lang), MAX_LINE) for h in check.hints[:1])]


def of_finding(finding: Finding, lang: str) -> list[str]:
    """One finding in a few lines, labels in ``lang``."""
    lines = [finding.message.in_language(lang)]
    if finding.mistake:
        lines.append(finding.mistake.text.in_language(lang))
    for label, text in (
        (say("Expected"), finding.expected),
        (say("Yours"), finding.actual),
        (say("Where"), finding.where),
    ):
        if text is not None:
            lines.append(f"{label.in_language(lang)}: {text.in_language(lang)}")
    if finding.steps:
        lines += of_steps(finding.steps, lang)
    if finding.call:
        lines.append(f">>> {finding.call}")
    return [cut(clean(line), MAX_LINE) for line in lines]


def of_steps(steps: Parting, lang: str) -> list[str]:
    """A line for each step, an arrow before the first that differs."""
    heads = (say("step"), say("expected"), say("yours"))
    rows = [f"{'→ ' if row.parts else ''}{row.step} | {row.expected} | {row.actual or '…'}" for row in steps.rows]
    note = [steps.note.in_language(lang)] if steps.note else []
    return [" | ".join(head.in_language(lang) for head in heads), *rows, *note]


def of_exercise(exercise: ExerciseGrade, lang: str) -> list[str]:
    """A heading with the points, what the file suffered, and every check that did not pass."""
    score = points_of(exercise.score.points, exercise.score.max_points).in_language(lang)
    lines = [f"{exercise.title.in_language(lang)}: {score}"]
    if exercise.status is not Status.GRADED:
        lines.append(status_badge(exercise.status, lang).word)
    lines += [cut(clean(m.in_language(lang)), MAX_LINE) for m in exercise.messages]
    lines += adjustments(exercise, lang)
    for check in exercise.checks:
        if exercise.status is Status.GRADED and check.outcome is not Outcome.PASSED:
            first = next(iter(of_check(check, lang)), "")
            word = outcome_badge(check.outcome, lang).word
            lines.append(f"- {one_line(check.title.in_language(lang))}: {word}. {one_line(first)}".rstrip())
    return lines


def of_learner(learner: LearnerGrade, slug: str, lang: str) -> str:
    """All of it, for a gradebook's feedback column."""
    return "\n".join(line for e in exercises_of(learner, slug) for line in of_exercise(e, lang))
