"""What an instructor should look at: the grader's faults, files that could not be read, programs that stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from grader.grades import CheckResult, ExerciseGrade, Finding, LearnerGrade, Outcome, Status
from grader.text import Text, say
from reports.plain import cut
from reports.run_view import stop_error, stop_title, stopped_cells
from reports.words import Badge, outcome_badge, status_badge

MAX_SENTENCE = 400
MAX_TRACEBACK = 4_000


@dataclass(frozen=True)
class Notice:
    """Something that an instructor should look at."""

    name: str  # "" where it belongs to nobody
    link: str
    exercise: str
    badge: Badge
    text: str
    traceback: str = ""  # the grader's own, for whoever mends it


def how_many(notices: int) -> Text:
    """The number of them, in words."""
    return say("1 message") if notices == 1 else say("{n} messages", n=notices)


def learner_link(learner_id: str) -> str:
    """Where the page of a learner is, seen from the class page."""
    return f"learners/{quote(learner_id)}.html"


def notices_of(learner: LearnerGrade, lang: str) -> Iterator[Notice]:
    """Everything about one learner, in the order of the course."""
    link = learner_link(learner.id)
    for message in learner.messages:
        yield Notice(learner.name, link, "", Badge("note", say("Note").in_language(lang)), _brief(message, lang))
    for exercise in learner.exercises:
        if exercise.status is Status.MISSING:
            continue
        title = exercise.title.in_language(lang)
        for badge, text in _troubles(exercise, lang):
            yield Notice(learner.name, link, title, badge, _brief(text, lang))
        for check in exercise.checks:
            if check.outcome is Outcome.FAULTED:
                yield _fault(check, learner.name, link, title, lang)


def _troubles(exercise: ExerciseGrade, lang: str) -> Iterator[tuple[Badge, Text]]:
    """What an instructor should know of; work that did not come is in the tables and not repeated here."""
    if exercise.status in (Status.UNREADABLE, Status.FAULTED):
        yield (
            status_badge(exercise.status, lang),
            exercise.messages[-1] if exercise.messages else Text.same(exercise.file),
        )
    elif exercise.status is Status.GRADED:
        yield from ((Badge("note", say("Note").in_language(lang)), message) for message in exercise.messages)
    for cell in stopped_cells(exercise.run)[:1]:  # the later ones mostly follow from the first
        yield (
            outcome_badge(Outcome.ERRORED, lang),
            say("{title} {error}", title=stop_title(cell), error=stop_error(cell)),
        )


def _fault(check: CheckResult, name: str, link: str, exercise: str, lang: str) -> Notice:
    finding = check.finding or Finding(Text.same(""))
    text = say("{title}: {message}", title=check.title, message=finding.message)
    traceback = cut(finding.traceback, MAX_TRACEBACK)
    return Notice(name, link, exercise, outcome_badge(check.outcome, lang), _brief(text, lang), traceback)


def _brief(text: Text, lang: str) -> str:
    return cut(text.in_language(lang), MAX_SENTENCE)
