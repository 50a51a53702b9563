"""What the class page holds, ready for the template: every decision is made here."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from grader.grades import Capsule, CheckResult, ClassGrade, ExerciseGrade, LearnerGrade, Outcome, Status, shown
from reports.notices import Notice, how_many, learner_link, notices_of
from reports.pictures.bars import distribution
from reports.plain import cut
from reports.spending import Spending
from reports.statistics import FULL, CheckStatistics, ExerciseStatistics, Tally, came, exercise_statistics, spread
from reports.words import Words, class_words, count_of_outcome, outcome_badge, status_badge

MAX_STUMBLES = 5
MAX_SENTENCE = 400
MAX_OPEN_NOTICES = 12  # more stand folded


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
class ClassPage:
    """Everything that ``class.html`` shows."""

    lang: str
    words: Words
    title: str
    tiles: tuple[Tile, ...]
    chart: Markup
    faults: tuple[Notice, ...]
    notices: tuple[Notice, ...]
    notices_count: str
    notices_folded: bool
    messages: tuple[str, ...]
    stumbles: tuple[StumbleView, ...]
    exercises: tuple[ExerciseRows, ...]
    learners: tuple[LearnerRow, ...]
    cell_words: dict[str, str]
    capsule: tuple[tuple[str, str], ...]
    spending: Spending | None  # where the time went; None where nobody asked


def class_page(klass: ClassGrade, lang: str, spending: Spending | None = None) -> ClassPage:
    """The instructor's page. Its links lead to ``learners/<id>.html`` beside it."""
    statistics = exercise_statistics(klass)
    rows = tuple(_exercise_rows(e, n, lang) for n, e in enumerate(statistics, 1))
    notices = [notice for learner in klass.learners for notice in notices_of(learner, lang)]
    faults = tuple(n for n in notices if n.badge.kind == "faulted")
    others = tuple(n for n in notices if n.badge.kind != "faulted")
    return ClassPage(
        lang=lang,
        words=class_words(lang),
        title=klass.course_title.in_language(lang),
        tiles=_tiles(klass, lang) if klass.learners else (),
        chart=_chart(klass, lang) if klass.learners else Markup(""),
        faults=faults,
        notices=others,
        notices_count=how_many(len(others)).in_language(lang),
        notices_folded=len(others) > MAX_OPEN_NOTICES,
        messages=tuple(cut(m.in_language(lang), MAX_SENTENCE) for m in klass.messages),
        stumbles=_stumbles(rows),
        exercises=rows,
        learners=tuple(_learner_row(learner, statistics, lang) for learner in klass.learners),
        cell_words=_cell_words(lang),
        capsule=_capsule(klass.capsule, lang),
        spending=spending,
    )


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


def _exercise_rows(exercise: ExerciseStatistics, number: int, lang: str) -> ExerciseRows:
    checks = tuple(_check_row(c, number, i, lang) for i, c in enumerate(exercise.checks, 1))
    return ExerciseRows(number, exercise.slug, exercise.title.in_language(lang), checks)


def _check_row(check: CheckStatistics, exercise: int, number: int, lang: str) -> CheckRow:
    tally = check.tally
    return CheckRow(
        anchor=f"check-{exercise}-{number}",
        number=f"{exercise}.{number}",
        title=check.first.title.in_language(lang),
        hidden=not check.first.public,
        points=check.first.max_points,
        percent=_percent(tally.passed, tally),
        stumble_percent=_percent(tally.failed + tally.errored, tally),
        rate=f"{tally.passed} / {tally.judged}",
        others=_others(tally, lang),
        common=tuple(CommonView(cut(t.in_language(lang), MAX_SENTENCE), n) for t, n in check.common),
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


def _learner_row(learner: LearnerGrade, statistics: tuple[ExerciseStatistics, ...], lang: str) -> LearnerRow:
    by_slug = {e.slug: e for e in learner.exercises}
    score = learner.score
    return LearnerRow(
        name=learner.name,
        link=learner_link(learner.id),
        score=str(score),
        percent=score.percent,
        exercises=tuple(_points_cell(by_slug.get(e.slug), lang) for e in statistics),
        outcomes=tuple(_outcomes(by_slug.get(e.slug), e) for e in statistics),
    )


def _points_cell(exercise: ExerciseGrade | None, lang: str) -> PointsCell:
    if exercise is None:
        return PointsCell("missing", 0, "–", status_badge(Status.MISSING, lang).word)
    if exercise.status is not Status.GRADED:
        return PointsCell(exercise.status.value, 0, "–", status_badge(exercise.status, lang).word)
    score = exercise.score
    word = outcome_badge(Outcome.FAULTED, lang).word if exercise.faulted else ""
    kind = "faulted" if exercise.faulted else "graded"
    return PointsCell(kind, _level(score.percent), f"{shown(score.points)}/{shown(score.max_points)}", word)


def _level(percent: int) -> int:
    """0 and 4 only when exact."""
    return 4 if percent == FULL else (percent + 32) // 33


def _outcomes(exercise: ExerciseGrade | None, statistics: ExerciseStatistics) -> tuple[str, ...]:
    if exercise is None or not came(exercise):
        kind = Status.MISSING.value if exercise is None else exercise.status.value
        return (kind,) * len(statistics.checks)
    results: dict[str, CheckResult] = {c.id: c for c in exercise.checks}
    return tuple(results[c.first.id].outcome.value if c.first.id in results else "missing" for c in statistics.checks)


def _cell_words(lang: str) -> dict[str, str]:
    words = {o.value: outcome_badge(o, lang).word for o in Outcome}
    return words | {s.value: status_badge(s, lang).word for s in (Status.MISSING, Status.UNREADABLE)}


def _capsule(capsule: Capsule, lang: str) -> tuple[tuple[str, str], ...]:
    words = class_words(lang)
    return (
        (words["course"], capsule.course),
        (words["course_hash"], capsule.course_sha256),
        (words["seed"], words["own_seeds"] if capsule.seed is None else str(capsule.seed)),
        (words["isolation"], capsule.isolation),
        *sorted(capsule.versions.items()),
    )
