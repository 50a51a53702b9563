"""What learners answer instead: the commonest named mistakes, and wrong answers that several have in common."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from grader.grades import CheckResult, ClassGrade, Finding, Outcome, Record, Status
from grader.text import Text
from reports.plain import cut

NOT_WRITTEN = "This is not written yet."  # what the grader says of a stub that was left as it is
SEVERAL = 2  # learners; an answer that came once is no pattern
MAX_ANSWER = 600  # characters that are kept of an answer
SIGNIFICANT = 4  # digits: what a training's last digits are makes no other mistake
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]{4,}\b")
_NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+|\d+(?=[eE]))(?:[eE][-+]?\d+)?(?![\w.])")
_PLACE = re.compile(r"\b(cell|line) \d+")


@dataclass(frozen=True)
class NamedMistake(Record):
    """A mistake that checks recognised, with everybody who made it in some check of the exercise."""

    slug: str
    mistake: str
    text: Text
    checks: tuple[str, ...]
    learners: tuple[str, ...]  # ids, in the order of the class


@dataclass(frozen=True)
class Cluster(Record):
    """Learners whose answers to one check are wrong in the same way.

    Equal means: outcome, message and answer are the same once blanks, memory addresses, numbers of cells and lines, and
    digits beyond the fourth significant one are set aside. ``message``, ``actual`` and ``expected`` are those of the
    first of them.
    """

    slug: str
    check: str
    title: Text
    outcome: Outcome
    message: Text
    actual: Text | None
    expected: Text | None
    mistake: Text | None  # None where no check has a name for it
    learners: tuple[str, ...]


@dataclass(frozen=True)
class Unwritten(Record):
    """An exercise of which learners handed in parts as they were given."""

    slug: str
    learners: tuple[str, ...]


def normal(text: str) -> str:
    """``text`` without what differs between equal answers."""
    text = _PLACE.sub(r"\1 #", _ADDRESS.sub("0x#", text))
    return " ".join(_NUMBER.sub(_rounded, text).split())


def _rounded(match: re.Match[str]) -> str:
    value = float(match[0])
    return f"{value:.{SIGNIFICANT}g}" if value else "0"


def named_mistakes(klass: ClassGrade) -> tuple[NamedMistake, ...]:
    """Commonest first. A learner who makes a mistake in three checks of an exercise counts once."""
    who: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    where: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
    texts: dict[tuple[str, str], Text] = {}
    for slug, learner, check, finding in _wrong(klass):
        if finding.mistake:
            key = slug, finding.mistake.id
            texts.setdefault(key, finding.mistake.text)
            who[key][learner] = where[key][check.id] = None
    made = [NamedMistake(*key, texts[key], tuple(where[key]), tuple(who[key])) for key in texts]
    return tuple(sorted(made, key=lambda m: (-len(m.learners), m.slug, m.mistake)))


def clusters(klass: ClassGrade) -> tuple[Cluster, ...]:
    """Largest first. What was left as it was given is no answer, and not among them."""
    who: dict[tuple[str, ...], list[str]] = defaultdict(list)
    first: dict[tuple[str, ...], CheckResult] = {}
    seen: dict[str, str] = {}
    for slug, learner, check, finding in _wrong(klass):
        if finding.message.en == NOT_WRITTEN:
            continue
        said = finding.message.en, finding.actual.en if finding.actual else ""
        for text in said:
            if text not in seen:
                seen[text] = normal(text)
        mistake = finding.mistake.id if finding.mistake else ""
        key = (slug, check.id, check.outcome.value, *(seen[text] for text in said), mistake)
        first.setdefault(key, check)
        who[key].append(learner)
    made = {key: _cluster(key[0], first[key], who[key]) for key in first if len(who[key]) >= SEVERAL}
    return tuple(made[key] for key in sorted(made, key=lambda key: (-len(who[key]), key)))


def unwritten(klass: ClassGrade) -> tuple[Unwritten, ...]:
    """Exercises with checks that met what was given out, in the order of the course."""
    who: dict[str, dict[str, None]] = defaultdict(dict)
    for slug, learner, _, finding in _wrong(klass):
        if finding.message.en == NOT_WRITTEN:
            who[slug][learner] = None
    return tuple(Unwritten(slug, tuple(learners)) for slug, learners in who.items())


def _wrong(klass: ClassGrade) -> Iterator[tuple[str, str, CheckResult, Finding]]:
    """Exercise, learner, check and finding of every answer that is wrong."""
    for learner in klass.learners:
        for exercise in learner.exercises:
            if exercise.status is Status.GRADED:
                for check in exercise.checks:
                    if check.finding and check.outcome in (Outcome.FAILED, Outcome.ERRORED):
                        yield exercise.slug, learner.id, check, check.finding


def _cluster(slug: str, check: CheckResult, learners: list[str]) -> Cluster:
    finding = check.finding or Finding(Text.same(""))
    return Cluster(
        slug=slug,
        check=check.id,
        title=check.title,
        outcome=check.outcome,
        message=_bounded(finding.message),
        actual=_bounded(finding.actual) if finding.actual else None,
        expected=_bounded(finding.expected) if finding.expected else None,
        mistake=finding.mistake.text if finding.mistake else None,
        learners=tuple(learners),
    )


def _bounded(text: Text) -> Text:
    return Text(cut(text.en, MAX_ANSWER), cut(text.ko, MAX_ANSWER))
