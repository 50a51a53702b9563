"""A summary in GitHub's Markdown, as a CI step shows it: small, and with nothing of a learner's that Markdown would act on."""

from __future__ import annotations

import re

from grader.grades import ClassGrade, ExerciseGrade, LearnerGrade, Outcome, Status
from grader.text import say
from reports.formats.base import Exported, File, Wishes, exercises_of, one_line, unfinished
from reports.formats.feedback import of_check
from reports.hidden import for_learner
from reports.policy_view import adjustments
from reports.words import outcome_badge, points_of, status_badge

MAX_BYTES = 900_000  # a step summary ends at 1 MiB
_ACTIVE = re.compile(r"([\\`*_{}\[\]<>()#+.!|~@:&$-])")
_SIGNS = {
    Outcome.PASSED: "✅",
    Outcome.FAILED: "❌",
    Outcome.ERRORED: "💥",
    Outcome.SKIPPED: "⏭️",
    Outcome.FAULTED: "🛠️",
}


def export(klass: ClassGrade, wishes: Wishes) -> Exported:
    """``summary.md``: a table of learners where there are several, then every check of each, as far as there is room."""
    learners = tuple(map(for_learner, klass.learners))
    parts = [f"# {escaped(klass.course_title.in_language(wishes.lang))}\n"]
    if len(learners) > 1:
        parts.append(_table(learners, wishes))
    for n, learner in enumerate(learners):
        section = _learner(learner, wishes)
        if sum(len(p.encode()) for p in parts) + len(section.encode()) > MAX_BYTES:
            left = say("{n} more learners are in the report.", n=len(learners) - n)
            parts.append(f"{left.in_language(wishes.lang)}\n")
            break
        parts.append(section)
    return Exported((File("summary.md", "\n".join(parts)),), unfinished(klass))


def _table(learners: tuple[LearnerGrade, ...], wishes: Wishes) -> str:
    heads = say("Learner").in_language(wishes.lang), say("Points").in_language(wishes.lang)
    rows = [f"| {escaped(x.name)} | {x.score} ({x.score.percent} %) |" for x in learners]
    return "\n".join([f"| {heads[0]} | {heads[1]} |", "|---|---:|", *rows, ""])


def _learner(learner: LearnerGrade, wishes: Wishes) -> str:
    score = points_of(learner.score.points, learner.score.max_points).in_language(wishes.lang)
    wanted = exercises_of(learner, wishes.slug)
    return "\n".join(
        [f"## {escaped(learner.name)}: {score}", *(line for e in wanted for line in _exercise(e, wishes.lang)), ""]
    )


def _exercise(exercise: ExerciseGrade, lang: str) -> list[str]:
    score = points_of(exercise.score.points, exercise.score.max_points).in_language(lang)
    lines = ["", f"### {escaped(exercise.title.in_language(lang))}: {score}", ""]
    if exercise.status is not Status.GRADED:
        lines.append(f"{escaped(status_badge(exercise.status, lang).word)}")
    notes = [*(m.in_language(lang) for m in exercise.messages), *adjustments(exercise, lang)]
    lines += [f"> - {escaped(note)}" for note in notes]
    if exercise.status is Status.GRADED:
        for check in exercise.checks:
            word = outcome_badge(check.outcome, lang).word
            lines.append(f"- {_SIGNS[check.outcome]} **{escaped(check.title.in_language(lang))}** ({escaped(word)})")
            lines += [f"  - {escaped(line)}" for line in of_check(check, lang)]
    return lines


def escaped(text: str) -> str:
    """Words that Markdown shows as they are: no link, no image, no tag, no mention."""
    return _ACTIVE.sub(r"\\\1", one_line(text)).replace("\\<", "&lt;").replace("\\>", "&gt;").replace("\\@", "@\u2060")
