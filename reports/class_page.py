"""What the class page holds, ready for the template: every decision is made here."""

from __future__ import annotations

import functools
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources

from markupsafe import Markup

from grader.grades import Capsule, ClassGrade, Outcome, Status
from grader.text import say
from reports.analysis import Analysis, analyse
from reports.analysis.items import Item
from reports.analysis_checks import Figure, figure
from reports.analysis_view import AnalysisView, analysis_view
from reports.learner_rows import ROWS, LearnerRow, ListLink, cell_words, data, learner_row, list_links
from reports.notices import Notice, how_many, notices_of
from reports.pictures.bars import distribution
from reports.plain import cut
from reports.policy_view import MAX_ROWS, PolicyRow, more_rows, policy_rows
from reports.spending import Spending
from reports.statistics import FULL, CheckStatistics, ExerciseStatistics, Tally, exercise_statistics, spread
from reports.words import Words, class_words, count_of_outcome

MAX_STUMBLES = 5
MAX_SENTENCE = 400
MAX_OPEN_NOTICES = 12  # more stand folded
MAX_NOTICES = 300  # of a kind; the rest is on the learners' pages


@dataclass(frozen=True)
class Tile:
    """A figure that sums something up."""

    figure: str
    label: str


@dataclass(frozen=True)
class CountView:
    """An outcome and how often it came; ``word`` has the number in it."""

    kind: str
    count: int
    word: str


@dataclass(frozen=True)
class CommonView:
    """A wrong answer and how often it came."""

    text: str
    count: int


@dataclass(frozen=True)
class CheckRow:
    """One check over the class."""

    anchor: str
    number: str
    title: str
    hidden: bool
    points: int
    percent: int
    stumble_percent: int  # of those who tried it
    rate: str  # "18 / 24"
    others: tuple[CountView, ...]
    common: tuple[CommonView, ...]
    column: int  # counted from 0 over all checks, as the script counts them
    not_passed: int
    figure: Figure


@dataclass(frozen=True)
class ExerciseRows:
    """One exercise over the class, and its checks."""

    number: int
    slug: str
    title: str
    checks: tuple[CheckRow, ...]


@dataclass(frozen=True)
class StumbleView:
    """A check that few pass."""

    check: CheckRow
    exercise: str


@dataclass(frozen=True)
class ClassPage:
    """Everything that ``class.html`` shows."""

    lang: str
    words: Words
    title: str
    tiles: tuple[Tile, ...]
    chart: Markup
    faults: tuple[Notice, ...]
    more_faults: str
    notices: tuple[Notice, ...]
    notices_count: str
    notices_folded: bool
    more_notices: str
    messages: tuple[str, ...]
    stumbles: tuple[StumbleView, ...]
    exercises: tuple[ExerciseRows, ...]
    learners: tuple[LearnerRow, ...]  # the first `ROWS`
    lists: tuple[ListLink, ...]  # pages that hold everybody, where this one does not
    cell_words: dict[str, str]
    dropped: bool  # whether an exercise of anybody is
    analysis: AnalysisView
    capsule: tuple[tuple[str, str], ...]
    policy: tuple[PolicyRow, ...]  # what it did, to whom
    policy_count: str
    more_policy: str
    spending: Spending | None  # where the time went; None where nobody asked
    data: Markup  # everybody, for the script
    script: Markup
    script_hash: str  # the only script that the page's policy lets run


def class_page(
    klass: ClassGrade, lang: str, spending: Spending | None = None, analysis: Analysis | None = None
) -> ClassPage:
    """The instructor's page. Its links lead to ``learners/<id>.html`` beside it. ``analysis``: of these grades, where it is there."""
    statistics = exercise_statistics(klass)
    analysis = analysis or analyse(klass)
    view, groups = analysis_view(klass, analysis, lang)
    rows = _exercises(statistics, analysis.items, lang)
    policy = tuple(policy_rows(klass, lang))
    notices = [notice for learner in klass.learners for notice in notices_of(learner, lang)]
    faults = tuple(n for n in notices if n.badge.kind == "faulted")
    others = tuple(n for n in notices if n.badge.kind != "faulted")
    script, script_hash = _script()
    return ClassPage(
        lang=lang,
        words=class_words(lang),
        title=klass.course_title.in_language(lang),
        tiles=_tiles(klass, lang) if klass.learners else (),
        chart=_chart(klass, lang) if klass.learners else Markup(""),
        faults=faults[:MAX_NOTICES],
        more_faults=_more(faults, lang),
        notices=others[:MAX_NOTICES],
        notices_count=how_many(len(others)).in_language(lang),
        notices_folded=len(others) > MAX_OPEN_NOTICES,
        more_notices=_more(others, lang),
        messages=tuple(cut(m.in_language(lang), MAX_SENTENCE) for m in klass.messages),
        stumbles=_stumbles(rows),
        exercises=rows,
        learners=tuple(learner_row(learner, statistics, lang) for learner in klass.learners[:ROWS]),
        lists=list_links(len(klass.learners)),
        cell_words=cell_words(lang),
        dropped=any(e.dropped for learner in klass.learners for e in learner.exercises),
        analysis=view,
        capsule=_capsule(klass.capsule, lang),
        policy=policy[:MAX_ROWS],
        policy_count=how_many(len(policy)).in_language(lang),
        more_policy=more_rows(len(policy) - MAX_ROWS, lang),
        spending=spending,
        data=data(klass, statistics, groups, lang),
        script=script,
        script_hash=script_hash,
    )


def own_script() -> str:
    """The only script that runs on the class page; no other page has any."""
    return (resources.files("reports") / "templates" / "class.js").read_text(encoding="utf-8")


@functools.cache
def _script() -> tuple[Markup, str]:
    """The page's own script, and the hash by which its policy knows it."""
    source = own_script()
    return Markup(source), b64encode(sha256(source.encode()).digest()).decode()  # noqa: S704 - our own file


def _more(notices: tuple[Notice, ...], lang: str) -> str:
    left = len(notices) - MAX_NOTICES
    return say("{n} more are on the pages of the learners.", n=left).in_language(lang) if left > 0 else ""


def _tiles(klass: ClassGrade, lang: str) -> tuple[Tile, ...]:
    figures = spread([learner.score.percent for learner in klass.learners])
    words = class_words(lang)
    missing = sum(e.status is Status.MISSING for learner in klass.learners for e in learner.exercises)
    return (
        Tile(str(len(klass.learners)), words["learners"]),
        Tile(f"{figures.mean} %", words["mean"]),
        Tile(f"{figures.median} %", words["median"]),
        Tile(str(figures.full), words["full_marks"]),
        Tile(str(missing), words["not_handed_in"]),
    )


def _chart(klass: ClassGrade, lang: str) -> Markup:
    bins = spread([learner.score.percent for learner in klass.learners]).bins
    return distribution(bins, class_words(lang)["distribution"], lang)


def _exercises(
    statistics: tuple[ExerciseStatistics, ...], items: tuple[Item, ...], lang: str
) -> tuple[ExerciseRows, ...]:
    found = {(i.slug, i.check): (n, i) for n, i in enumerate(items)}
    return tuple(
        ExerciseRows(
            number,
            exercise.slug,
            exercise.title.in_language(lang),
            tuple(
                _check_row(check, f"{number}.{n}", *found[exercise.slug, check.first.id], lang)
                for n, check in enumerate(exercise.checks, 1)
            ),
        )
        for number, exercise in enumerate(statistics, 1)
    )


def _check_row(check: CheckStatistics, number: str, column: int, item: Item, lang: str) -> CheckRow:
    tally = check.tally
    return CheckRow(
        anchor=f"check-{number.replace('.', '-')}",
        number=number,
        title=check.first.title.in_language(lang),
        hidden=not check.first.public,
        points=check.first.max_points,
        percent=_percent(tally.passed, tally),
        stumble_percent=_percent(tally.failed + tally.errored, tally),
        rate=f"{tally.passed} / {tally.judged}",
        others=_others(tally, lang),
        common=tuple(CommonView(cut(t.in_language(lang), MAX_SENTENCE), n) for t, n in check.common),
        column=column,
        not_passed=tally.judged - tally.passed,
        figure=figure(item.discrimination, lang),
    )


def _percent(part: int, tally: Tally) -> int:
    return round(FULL * part / tally.judged) if tally.judged else 0


def _others(tally: Tally, lang: str) -> tuple[CountView, ...]:
    counted = {
        Outcome.FAILED: tally.failed,
        Outcome.ERRORED: tally.errored,
        Outcome.SKIPPED: tally.skipped,
        Outcome.FAULTED: tally.faulted,
    }
    return tuple(CountView(o.value, n, count_of_outcome(o, n).in_language(lang)) for o, n in counted.items() if n)


def _stumbles(rows: tuple[ExerciseRows, ...]) -> tuple[StumbleView, ...]:
    """The checks that most fail themselves; one that is skipped follows from another."""
    every = [StumbleView(c, e.title) for e in rows for c in e.checks if c.stumble_percent]
    return tuple(sorted(every, key=lambda s: -s.check.stumble_percent)[:MAX_STUMBLES])


def _capsule(capsule: Capsule, lang: str) -> tuple[tuple[str, str], ...]:
    words = class_words(lang)
    return (
        (words["course"], capsule.course),
        (words["course_hash"], capsule.course_sha256),
        (words["seed"], words["own_seeds"] if capsule.seed is None else str(capsule.seed)),
        (words["isolation"], capsule.isolation),
        *sorted(capsule.versions.items()),
    )
