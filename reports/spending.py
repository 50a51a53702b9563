"""Where the time of a run went, ready for the class page. Learners' pages say nothing of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.grades import ClassGrade, Profile, Spent, Timing
from grader.text import say
from reports.notices import learner_link
from reports.pictures.figure import LegendEntry
from reports.pictures.stacks import Stack, legend, stacks
from reports.words import Words, in_language

MAX_GRADINGS = 300  # the slowest; more make the page heavy, and all are in timings.json
TENTHS = 9.995  # from here on a tenth of a second is fine enough


@dataclass(frozen=True)
class SpentRow:
    """A line of a table: seconds by kind, in the order of `Spent`, as they are shown."""

    name: str
    seconds: tuple[str, ...]
    total: str
    learner: str = ""
    link: str = ""


@dataclass(frozen=True)
class Spending:
    """The section of the class page."""

    words: Words
    summary: str
    kinds: tuple[str, ...]
    picture: Markup
    legend: tuple[LegendEntry, ...]
    exercises: tuple[SpentRow, ...]
    whole: SpentRow
    gradings: tuple[SpentRow, ...]  # the slowest first
    left_out: str


def spending(klass: ClassGrade, timings: Sequence[Timing], profile: Profile, lang: str) -> Spending:
    """The section in ``lang``."""
    words = _words(lang)
    kinds = _kinds(lang)
    slowest = sorted((t for t in timings if t.spent), key=lambda t: -_without_waiting(t))
    names = {learner.id: learner.name for learner in klass.learners}
    stack = [Stack(words["whole"], profile.spent.seconds), *(Stack(e.slug, e.spent.seconds) for e in profile.exercises)]
    return Spending(
        words=words,
        summary=_summary(profile, lang),
        kinds=kinds,
        picture=stacks("spending", stack, kinds, words["title"], lang),
        legend=legend(kinds),
        exercises=tuple(_row(e.slug, e.spent) for e in profile.exercises),
        whole=_row(words["whole"], profile.spent),
        gradings=tuple(_grading(t, names[t.learner]) for t in slowest[:MAX_GRADINGS]),
        left_out=_left_out(len(slowest) - MAX_GRADINGS, lang),
    )


def _without_waiting(timing: Timing) -> float:
    return timing.spent.total - timing.spent.waiting if timing.spent else 0.0


def _row(name: str, spent: Spent) -> SpentRow:
    return SpentRow(name, tuple(map(shown, spent.seconds)), shown(spent.total))


def _grading(timing: Timing, name: str) -> SpentRow:
    row = _row(timing.slug, timing.spent or Spent())
    return dataclasses.replace(row, learner=name, link=learner_link(timing.learner))


def shown(seconds: float) -> str:
    """Hundredths of short times, tenths of long ones, a dash for none."""
    if not seconds:
        return "–"
    return f"{seconds:.1f}" if seconds >= TENTHS else f"{seconds:.2f}"


def _summary(profile: Profile, lang: str) -> str:
    text = say(
        "{seconds} seconds from the start of the command to this page, {jobs} gradings at a time.",
        seconds=shown(profile.wall_s),
        jobs=profile.jobs,
    )
    kept = say("{n} gradings were there from an earlier run and cost nothing.", n=profile.again)
    return " ".join(t.in_language(lang) for t in ((text, kept) if profile.again else (text,)))


def _left_out(n: int, lang: str) -> str:
    return say("{n} quicker ones are in timings.json.", n=n).in_language(lang) if n > 0 else ""


def _kinds(lang: str) -> tuple[str, ...]:
    """Names of the kinds, in the order of `Spent`."""
    kinds = (
        say("waiting"),
        say("session start"),
        say("cells"),
        say("calls"),
        say("judging"),
        say("pictures"),
        say("pages"),
    )
    return tuple(kind.in_language(lang) for kind in kinds)


def _words(lang: str) -> Words:
    return in_language(
        {
            "title": say("Where the time went"),
            "help": say(
                "Waiting: for TensorFlow to load, and where nothing was left to do. Cells: the learners' files as they ran. "
                "Calls: their functions on behalf of checks. Judging: the rest of the grader's work. "
                "Where several gradings ran at once, a second of one counts as a part of a second."
            ),
            "by_exercise": say("Seconds by exercise"),
            "exercise": say("Exercise"),
            "learner": say("Learner"),
            "total": say("Total"),
            "whole": say("The whole class"),
            "each": say("Every grading, the slowest first"),
            "each_help": say("Here waiting is all that passed before a grading began, and nothing is divided."),
        },
        lang,
    )
