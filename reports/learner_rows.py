"""The class learner by learner: rows for the tables of the class page, and the same as compact data for its script.

A page holds the rows of the first `ROWS` learners as they are, and all of them as data, of which its script shows as many
at a time. Without scripts, a class of more stands whole in ``lists/`` and in ``grades.csv``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, LearnerGrade, Outcome, Status, shown
from grader.harmless import escaped
from reports.notices import learner_link
from reports.plain import clean
from reports.statistics import FULL, ExerciseStatistics, came
from reports.words import Words, class_words, outcome_badge, status_badge

ROWS = 100  # learners in the page itself, and at a time in its tables: a browser lays out as many in a blink
LISTED = 500  # learners on one page of ``lists/``
LETTERS = {
    "passed": "p", "failed": "f", "errored": "e", "skipped": "s", "faulted": "x", "missing": "m", "unreadable": "u",
}  # fmt: skip
_IN_A_PAGE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})  # so that no data end their element


@dataclass(frozen=True)
class PointsCell:
    """One learner's points for one exercise; ``level`` 0..4 shades it."""

    kind: str
    level: int
    text: str
    word: str  # what a reader who sees no colour should hear besides; "" where the figure says it


@dataclass(frozen=True)
class LearnerRow:
    """One learner in the tables."""

    name: str
    link: str
    score: str
    percent: int
    exercises: tuple[PointsCell, ...]
    outcomes: tuple[tuple[str, ...], ...]  # kinds of cells, grouped by exercise


@dataclass(frozen=True)
class ListLink:
    """A page of ``lists/``: where it is, and whom it lists."""

    href: str
    text: str


@dataclass(frozen=True)
class ListPage:
    """Some of the learners of a large class, for a browser without scripts and for paper."""

    lang: str
    words: Words
    title: str
    place: str  # such as "501–1000"
    exercises: tuple[ExerciseStatistics, ...]
    titles: tuple[str, ...]
    learners: tuple[LearnerRow, ...]
    links: tuple[ListLink, ...]
    number: int


def learner_row(learner: LearnerGrade, statistics: Sequence[ExerciseStatistics], lang: str, up: str = "") -> LearnerRow:
    """One learner; ``up`` leads from the page to the class page's folder."""
    by_slug = {e.slug: e for e in learner.exercises}
    score = learner.score
    return LearnerRow(
        name=learner.name,
        link=up + learner_link(learner.id),
        score=str(score),
        percent=score.percent,
        exercises=tuple(_points_cell(by_slug.get(e.slug), lang) for e in statistics),
        outcomes=tuple(_outcomes(by_slug.get(e.slug), e) for e in statistics),
    )


def _points_cell(exercise: ExerciseGrade | None, lang: str) -> PointsCell:
    cell = _graded_cell(exercise, lang)
    if exercise is None or not exercise.dropped:
        return cell
    word = class_words(lang)["dropped"]
    return replace(cell, kind=f"{cell.kind} dropped", word=f"{cell.word}, {word}" if cell.word else word)


def _graded_cell(exercise: ExerciseGrade | None, lang: str) -> PointsCell:
    if exercise is None:
        return PointsCell("missing", 0, "–", status_badge(Status.MISSING, lang).word)
    if exercise.status is not Status.GRADED:
        return PointsCell(exercise.status.value, 0, "–", status_badge(exercise.status, lang).word)
    score = exercise.score
    word = outcome_badge(Outcome.FAULTED, lang).word if exercise.faulted else ""
    kind = "faulted" if exercise.faulted else "graded"
    return PointsCell(kind, _level(score.percent), f"{shown(score.points)}/{shown(score.max_points)}", word)


def _level(percent: int) -> int:
    """0 and 4 only when exact; extra credit may give more than all."""
    return 4 if percent >= FULL else (percent + 32) // 33


def _outcomes(exercise: ExerciseGrade | None, statistics: ExerciseStatistics) -> tuple[str, ...]:
    if exercise is None or not came(exercise):
        kind = Status.MISSING.value if exercise is None else exercise.status.value
        return (kind,) * len(statistics.checks)
    results: dict[str, CheckResult] = {c.id: c for c in exercise.checks}
    return tuple(results[c.first.id].outcome.value if c.first.id in results else "missing" for c in statistics.checks)


def cell_words(lang: str) -> dict[str, str]:
    """What each sign of the matrix means."""
    words = {o.value: outcome_badge(o, lang).word for o in Outcome}
    return words | {s.value: status_badge(s, lang).word for s in (Status.MISSING, Status.UNREADABLE)}


def data(
    klass: ClassGrade, statistics: Sequence[ExerciseStatistics], groups: Sequence[Sequence[str]], lang: str
) -> Markup:
    """All learners for the script: id, name, score, points, percent, a letter for each check, and what a policy has changed.

    ``groups`` are ids of learners that the page can ask for together; each is told by the distances of its rows.
    """
    place = {learner.id: n for n, learner in enumerate(klass.learners)}
    content = {
        "exercises": [[e.slug, [c.first.max_points for c in e.checks]] for e in statistics],
        "groups": [_distances([place[i] for i in ids]) for ids in groups],
        "kinds": {letter: kind for kind, letter in LETTERS.items()},
        "lang": lang,
        "page": ROWS,
        "rows": [_entry(learner, statistics) for learner in klass.learners],
        "signs": cell_words(lang),
        "words": _script_words(lang),
    }
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    # Everything that could end the element, or steer whoever prints the page, was escaped here.
    return Markup(escaped(written).translate(_IN_A_PAGE))  # noqa: S704


def _entry(learner: LearnerGrade, statistics: Sequence[ExerciseStatistics]) -> list[Any]:
    by_slug = {e.slug: e for e in learner.exercises}
    letters = "".join(LETTERS[kind] for e in statistics for kind in _outcomes(by_slug.get(e.slug), e))
    score = learner.score
    entry = [learner.id, clean(learner.name), str(score), float(score.points), score.percent, letters]
    changed = [_counted(by_slug.get(e.slug)) for e in statistics]
    return [*entry, changed] if any(changed) else entry


def _counted(exercise: ExerciseGrade | None) -> list[Any] | None:
    """What stands in the cell, and its percent, where that does not follow from the checks; 1 where it is dropped."""
    if exercise is None or (exercise.score == exercise.earned and not exercise.dropped):
        return None
    score = exercise.score
    return [f"{shown(score.points)}/{shown(score.max_points)}", score.percent, *([1] if exercise.dropped else [])]


def _distances(rows: list[int]) -> list[int]:
    rows = sorted(rows)
    return rows[:1] + [b - a for a, b in pairwise(rows)]


def _script_words(lang: str) -> Words:
    words = class_words(lang)
    return {name: words[name] for name in ("shown_of", "rows_of", "no_match", "dropped")}


def list_links(count: int) -> tuple[ListLink, ...]:
    """The pages of ``lists/`` for so many learners; none where the class page holds them all."""
    if count <= ROWS:
        return ()
    starts = range(0, count, LISTED)
    return tuple(
        ListLink(f"{n}.html", f"{start + 1}–{min(start + LISTED, count)}") for n, start in enumerate(starts, 1)
    )


def list_pages(klass: ClassGrade, statistics: tuple[ExerciseStatistics, ...], lang: str) -> Iterator[ListPage]:
    """One after the other, so that never more than one is in memory."""
    links = list_links(len(klass.learners))
    for number, link in enumerate(links):
        some = klass.learners[number * LISTED : (number + 1) * LISTED]
        yield ListPage(
            lang=lang,
            words=class_words(lang),
            title=klass.course_title.in_language(lang),
            place=link.text,
            exercises=statistics,
            titles=tuple(e.title.in_language(lang) for e in statistics),
            learners=tuple(learner_row(learner, statistics, lang, "../") for learner in some),
            links=links,
            number=number + 1,
        )
