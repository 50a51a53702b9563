"""How hard each check is, and whether it parts those who know from those who do not: classical item analysis.

An item is a check; a learner's response to it is 1 (passed) or 0 (failed, errored, or skipped because what it builds on
failed). Work that did not come, could not be read or could not be judged is no response: it counts neither for nor
against. Responses are what the checks said, before any policy: penalties, overrides and extra credit change no figure here.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, Outcome, Record, Status
from grader.text import Text
from reports.statistics import CheckStatistics, exercise_statistics

FEW = 20  # learners; with fewer, the 95 % interval of a correlation is wider than 0.8
ONE_SIDE = 3  # with fewer who pass, or who do not, one learner decides the figure
FLAGGED = 5  # learners; among fewer, that all pass or none does says nothing of the check
TAIL = 0.27  # of the learners: what tells extreme groups apart best (Kelley 1939)
NORMAL_95 = 1.959964
DIGITS = 4
Floats = npt.NDArray[np.float64]


class Why(enum.StrEnum):
    """Why a discrimination is not computed."""

    FEW = "few"  # fewer than FEW learners were judged
    SAME = "same"  # all of them did the same
    LOPSIDED = "lopsided"  # fewer than ONE_SIDE passed, or did not
    ALONE = "alone"  # nothing else that it could be compared with


class Flag(enum.StrEnum):
    """What an instructor should look at."""

    NOBODY = "nobody"  # nobody passes
    UNREACHED = "unreached"  # nobody was even tried: what it builds on fails for everybody
    EVERYBODY = "everybody"  # everybody passes
    BACKWARDS = "backwards"  # who does well otherwise fails here more often
    FAULTY = "faulty"  # the grader could judge nobody


@dataclass(frozen=True)
class Discrimination(Record):
    """How far success here goes with success elsewhere; every figure is None where ``why`` says why not.

    ``r`` is the corrected item-total correlation, Pearson's r between the response x and the share y of points that the
    learner reached in everything else (Henrysson 1963: with the item itself in the total it would partly be compared
    with itself). For right-or-wrong items that is the point-biserial correlation,
    r = (mean(y | passed) - mean(y | not)) / s_y * sqrt(p * (1 - p)), with s_y over n and p the share that pass.
    ``low`` and ``high`` are its 95 % interval, by Fisher's z: tanh(atanh(r) ± 1.96 / sqrt(n - 3)).
    ``upper`` and ``lower`` are the shares that pass among the 27 % with the most and with the fewest points elsewhere
    (Kelley 1939); of learners with equal points at the edge, all count by an equal part.
    Ebel (1965) calls 0.40 and more very good, below 0.20 poor.
    """

    r: float | None = None
    low: float | None = None
    high: float | None = None
    upper: float | None = None
    lower: float | None = None
    why: Why | None = None


@dataclass(frozen=True)
class Item(Record):
    """One check over the class. ``difficulty`` is the share of the points reached, 0..1: small is hard."""

    slug: str
    check: str
    title: Text
    public: bool
    max_points: int
    judged: int  # learners whose work was judged: what shares are shares of
    passed: int
    failed: int
    errored: int
    skipped: int
    faulted: int
    absent: int
    difficulty: float | None  # None where nobody was judged
    discrimination: Discrimination
    flag: Flag | None = None


@dataclass(frozen=True)
class ExerciseItem(Record):
    """One exercise over the class, taken as one item whose response is the share of its points."""

    slug: str
    title: Text
    judged: int
    difficulty: float | None
    discrimination: Discrimination


@dataclass(frozen=True)
class Responses:
    """Learners × checks: 1 passed, 0 not, NaN no response; and what each check is worth."""

    passed: Floats  # (learners, checks)
    worth: Floats  # (checks,)

    @property
    def reached(self) -> Floats:
        """Points, 0 where there is no response."""
        return np.nan_to_num(self.passed) * self.worth

    @property
    def possible(self) -> Floats:
        """Points that could be reached, 0 where there is no response."""
        return ~np.isnan(self.passed) * self.worth


def items(klass: ClassGrade) -> tuple[tuple[Item, ...], tuple[ExerciseItem, ...]]:
    """Every check and every exercise, in the order of the course."""
    statistics = exercise_statistics(klass)
    checks = [(e.slug, c) for e in statistics for c in e.checks]
    responses = _responses(klass, [(slug, c.first.id) for slug, c in checks], [c.first.max_points for _, c in checks])
    reached, possible = responses.reached, responses.possible
    all_reached, all_possible = reached.sum(axis=1), possible.sum(axis=1)
    found = []
    for n, (slug, check) in enumerate(checks):
        rest = _share(all_reached - reached[:, n], all_possible - possible[:, n])
        found.append(_item(slug, check, discrimination(responses.passed[:, n], rest)))
    slugs = np.array([slug for slug, _ in checks])
    whole = []
    for exercise in statistics:
        mine = slugs == exercise.slug
        own, most = reached[:, mine].sum(axis=1), possible[:, mine].sum(axis=1)
        rest = _share(all_reached - own, all_possible - most)
        share = _share(own, most)
        figures = discrimination(share, rest)
        whole.append(
            ExerciseItem(exercise.slug, exercise.title, int((most > 0).sum()), _ratio(own.sum(), most.sum()), figures)
        )
    return tuple(found), tuple(whole)


def _responses(klass: ClassGrade, checks: Sequence[tuple[str, str]], worth: Sequence[int]) -> Responses:
    place = {key: n for n, key in enumerate(checks)}
    passed = np.full((len(klass.learners), len(checks)), np.nan)
    for row, learner in enumerate(klass.learners):
        for exercise in learner.exercises:
            for check in _judged(exercise):
                passed[row, place[exercise.slug, check.id]] = check.outcome is Outcome.PASSED
    return Responses(passed, np.array(worth, dtype=float))


def _judged(exercise: ExerciseGrade) -> list[CheckResult]:
    if exercise.status is not Status.GRADED:
        return []
    return [c for c in exercise.checks if c.outcome is not Outcome.FAULTED]


def _share(reached: Floats, possible: Floats) -> Floats:
    """NaN where nothing could be reached."""
    share: Floats = np.divide(reached, possible, out=np.full(len(reached), np.nan), where=possible > 0)
    return share


def _ratio(part: float, whole: float) -> float | None:
    return round(float(part / whole), DIGITS) if whole else None


def _item(slug: str, check: CheckStatistics, figures: Discrimination) -> Item:
    tally = check.tally
    return Item(
        slug=slug,
        check=check.first.id,
        title=check.first.title,
        public=check.first.public,
        max_points=check.first.max_points,
        judged=tally.judged,
        passed=tally.passed,
        failed=tally.failed,
        errored=tally.errored,
        skipped=tally.skipped,
        faulted=tally.faulted,
        absent=tally.absent,
        difficulty=_ratio(tally.passed, tally.judged),
        discrimination=figures,
        flag=_flag(check, figures),
    )


def _flag(check: CheckStatistics, figures: Discrimination) -> Flag | None:
    tally = check.tally
    if tally.faulted and not tally.judged:
        return Flag.FAULTY
    if tally.judged < FLAGGED:
        return None
    if tally.skipped == tally.judged:
        return Flag.UNREACHED
    if not tally.passed:
        return Flag.NOBODY
    if tally.passed == tally.judged:
        return Flag.EVERYBODY
    return Flag.BACKWARDS if figures.high is not None and figures.high < 0 else None


def discrimination(response: Floats, rest: Floats) -> Discrimination:
    """Of one item; both are shares in 0..1, NaN where there is none. The order of learners makes no difference."""
    there = ~np.isnan(response) & ~np.isnan(rest)
    x, y = response[there], rest[there]
    why = _why_not(response, x, y)
    if why:
        return Discrimination(why=why)
    r = max(-1.0, min(1.0, _pearson(x, y)))
    figures = (r, *_interval(r, len(x)), _top(y, x), _top(-y, x))
    r, low, high, upper, lower = (round(figure, DIGITS) for figure in figures)
    return Discrimination(r, low, high, upper, lower)


def _why_not(response: Floats, x: Floats, y: Floats) -> Why | None:
    if int((~np.isnan(response)).sum()) < FEW:
        return Why.FEW
    if not len(x):
        return Why.ALONE
    if len(x) < FEW:
        return Why.FEW
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        return Why.SAME
    commonest = np.unique(x, return_counts=True)[1].max()
    return Why.LOPSIDED if len(x) - commonest < ONE_SIDE else None


def _pearson(x: Floats, y: Floats) -> float:
    """Exact sums, so that no order of learners rounds otherwise."""
    a = x - math.fsum(x.tolist()) / len(x)
    b = y - math.fsum(y.tolist()) / len(y)
    ab, aa, bb = (math.fsum((u * v).tolist()) for u, v in ((a, b), (a, a), (b, b)))
    return ab / math.sqrt(aa * bb)


def _interval(r: float, n: int) -> tuple[float, float]:
    if abs(r) >= 1:
        return r, r
    z, half = math.atanh(r), NORMAL_95 / math.sqrt(n - 3)
    return math.tanh(z - half), math.tanh(z + half)


def _top(order: Floats, response: Floats) -> float:
    """The mean response of the share TAIL of learners with the highest ``order``; of a tie at its edge, a part of each."""
    room = wanted = TAIL * len(order)
    total = 0.0
    for value in np.unique(order)[::-1]:
        tied = response[order == value]
        weight = min(room, float(len(tied)))
        total += weight * math.fsum(tied.tolist()) / len(tied)
        room -= weight
        if room <= 0:
            break
    return total / wanted
