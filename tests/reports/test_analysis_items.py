"""Difficulty and discrimination: published figures, computed by hand, and what must hold for every class."""

from __future__ import annotations

import dataclasses
import itertools
import math
import random
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.grades import (
    Adjustment,
    AdjustmentKind,
    CheckResult,
    ClassGrade,
    Counted,
    ExerciseGrade,
    LearnerGrade,
    Outcome,
    Status,
)
from grader.text import Text
from reports.analysis.items import FEW, Flag, Item, Why, discrimination, items
from tests.reports.sample_class import CAPSULE
from tests.reports.sample_course import COURSE

OUTCOMES = {
    "1": Outcome.PASSED,
    "0": Outcome.FAILED,
    "e": Outcome.ERRORED,
    "s": Outcome.SKIPPED,
    "f": Outcome.FAULTED,
}
# Answers of 1,000 people to five questions of the Law School Admission Test, section 6: how many gave each pattern.
# R. D. Bock, M. Lieberman, "Fitting a response model for n dichotomously scored items", Psychometrika 35 (1970).
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4,
    "01000": 1, "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29,
    "10010": 14, "10011": 81, "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56,
    "11010": 21, "11011": 173, "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


def exercise(slug: str, pattern: str, worth: tuple[int, ...] = ()) -> ExerciseGrade:
    """A letter for each check; "" is work that did not come."""
    checks = tuple(
        CheckResult(f"c{n}", Text.same(f"C{n}"), True, OUTCOMES[letter], points)
        for n, (letter, points) in enumerate(zip(pattern.lower(), worth or itertools.repeat(1), strict=False))
    )
    return ExerciseGrade(slug, Text.same(slug), Status.GRADED, checks=checks)


def missing(grade: ExerciseGrade, status: Status = Status.MISSING) -> ExerciseGrade:
    skipped = tuple(dataclasses.replace(c, outcome=Outcome.SKIPPED) for c in grade.checks)
    return dataclasses.replace(grade, status=status, checks=skipped)


def of(*work: tuple[ExerciseGrade, ...]) -> ClassGrade:
    learners = tuple(LearnerGrade(f"l{n}", f"L {n}", exercises) for n, exercises in enumerate(work))
    return ClassGrade(COURSE, CAPSULE, learners)


def of_patterns(*patterns: str) -> ClassGrade:
    """One exercise."""
    return of(*((exercise("a", p),) for p in patterns))


def lsat6() -> ClassGrade:
    return of_patterns(*(pattern for pattern, n in LSAT6.items() for _ in range(n)))


def test_the_law_school_admission_test_has_its_published_figures():
    """Shares that pass, and point-biserial correlations without the item: as `descript(LSAT)` of R's package ltm has them."""
    assert sum(LSAT6.values()) == 1000
    found, _ = items(lsat6())
    assert [i.difficulty for i in found] == [0.924, 0.709, 0.553, 0.763, 0.870]
    assert [round(i.discrimination.r, 4) for i in found] == [0.1128, 0.1532, 0.1728, 0.1444, 0.1216]


def test_a_correlation_is_the_point_biserial_one_of_the_handbook():
    """(M1 - M0) / s * sqrt(p q), by hand: five of twenty pass."""
    x = np.array([1.0] * 5 + [0.0] * 15)
    y = np.array([0.9, 0.8, 0.9, 0.7, 0.7, *([0.4] * 10), *([0.6] * 5)])
    s = math.sqrt(sum((v - y.mean()) ** 2 for v in y) / 20)
    by_hand = (0.8 - 7 / 15) / s * math.sqrt(0.25 * 0.75)
    assert discrimination(x, y).r == round(by_hand, 4)


def test_its_interval_is_that_of_fishers_z():
    """R = 0.5 of 28 learners: tanh(0.5493 ± 1.96 / 5) = 0.156 to 0.736."""
    rest = np.array([0.25] * 14 + [0.75] * 14)
    response = np.array([0.0] * 10 + [1.0] * 4 + [1.0] * 11 + [0.0] * 3)
    found = discrimination(response, rest)
    z = math.atanh(found.r)
    assert found.low == pytest.approx(math.tanh(z - 1.96 / 5), abs=1e-4)
    assert found.high == pytest.approx(math.tanh(z + 1.96 / 5), abs=1e-4)


def test_of_a_tie_at_the_edge_of_the_best_27_percent_all_count_by_an_equal_part():
    """0.27 * 20 = 5.4: two on top of whom both pass, then six tied of whom three pass fill 3.4 places."""
    rest = np.array([1.0] * 2 + [0.8] * 6 + [0.3] * 6 + [0.1] * 6)
    response = np.array([1.0] * 2 + [1, 0, 1, 0, 1, 0] + [1.0] + [0.0] * 5 + [0.0] * 6)
    found = discrimination(response, rest)
    assert found.upper == round((2 + 3.4 * 0.5) / 5.4, 4)
    assert found.lower == 0


def test_difficulty_is_a_share_of_work_that_came_and_was_judged():
    """Missing, unreadable and faulted work counts neither for nor against; skipped checks count as not reached."""
    right = exercise("a", "1")
    klass = of((right,), (exercise("a", "0"),), (exercise("a", "s"),), (exercise("a", "e"),), (exercise("a", "f"),),
               (missing(right),), (missing(right, Status.UNREADABLE),), (missing(right, Status.FAULTED),), ())  # fmt: skip
    (item,), (whole,) = items(klass)
    assert (item.passed, item.judged, item.faulted, item.difficulty) == (1, 4, 1, 0.25)
    assert item.absent == 3
    assert (whole.judged, whole.difficulty) == (4, 0.25)


def test_an_exercises_difficulty_weighs_its_checks_by_their_points():
    _, (whole,) = items(of((exercise("a", "10", (1, 3)),), (exercise("a", "f1", (1, 3)),)))
    assert whole.difficulty == round(4 / 7, 4)


@pytest.mark.parametrize(
    ("patterns", "why"),
    [
        (["10", "01"] * (FEW // 2 - 1), Why.FEW),
        (["10", "11"] * FEW, Why.SAME),
        (["11"] * FEW + ["00"] * 2, Why.LOPSIDED),
        (["1", "0"] * FEW, Why.ALONE),
        (["1f", "0f"] * FEW, Why.ALONE),
    ],
)
def test_where_a_correlation_would_mean_nothing_there_is_none_and_the_reason(patterns, why):
    item = items(of_patterns(*patterns))[0][0]
    assert (item.discrimination.r, item.discrimination.why) == (None, why)


def test_who_did_not_hand_in_one_exercise_is_compared_by_the_share_of_the_others():
    """Those with one exercise of two have all of what they tried: no reason to call them weak."""
    both = [(exercise("a", "1"), exercise("b", "1111"))] * 12 + [(exercise("a", "0"), exercise("b", "0001"))] * 12
    one = [(exercise("a", "1"), missing(exercise("b", "1111")))] * 5
    alone = items(of(*both))[0][0]
    assert alone.discrimination.r == items(of(*both, *one))[0][0].discrimination.r == 1


@pytest.mark.parametrize(
    ("patterns", "flag"),
    [
        (["01"] * 5, Flag.NOBODY),
        (["s1"] * 5, Flag.UNREACHED),
        (["11"] * 5, Flag.EVERYBODY),
        (["f1"] * 2, Flag.FAULTY),
        (["01"] * 4, None),
        (["10", "01"] * 15, Flag.BACKWARDS),
        (["11", "00"] * 15, None),
    ],
)
def test_a_check_that_says_nothing_is_pointed_out(patterns, flag):
    assert items(of_patterns(*patterns))[0][0].flag is flag


classes = st.lists(
    st.tuples(st.text("10esf", min_size=4, max_size=4), st.text("10esf", min_size=2, max_size=2), st.booleans()),
    min_size=1,
    max_size=60,
)


def made(drawn: list[tuple[str, str, bool]]) -> ClassGrade:
    return of(
        *(
            (exercise("a", a, (1, 2, 3, 1)), missing(exercise("b", b)) if away else exercise("b", b))
            for a, b, away in drawn
        )
    )


@settings(max_examples=60, deadline=None)
@given(classes, st.randoms(use_true_random=False))
def test_the_order_of_learners_changes_no_figure(drawn, draw: random.Random):
    turned = list(drawn)
    draw.shuffle(turned)
    assert items(made(drawn)) == items(made(turned))


@settings(max_examples=60, deadline=None)
@given(classes)
def test_every_figure_is_in_its_bounds(drawn):
    found, whole = items(made(drawn))
    for item in (*found, *whole):
        assert item.difficulty is None or 0 <= item.difficulty <= 1
        d = item.discrimination
        assert (d.why is None) == (d.r is not None)
        if d.r is not None:
            assert -1 <= d.low <= d.r <= d.high <= 1
            assert 0 <= d.lower <= 1
            assert 0 <= d.upper <= 1
    for item in found:
        assert item.passed + item.failed + item.errored + item.skipped == item.judged
        assert item.judged + item.faulted + item.absent == len(drawn)
        assert item.difficulty is None or item.difficulty == round(float(Fraction(item.passed, item.judged)), 4)


@settings(max_examples=30, deadline=None)
@given(classes)
def test_the_same_learners_twice_give_the_same_correlation_and_a_narrower_interval(drawn):
    once, twice = items(made(drawn))[0], items(made(drawn + drawn))[0]
    for a, b in zip(once, twice, strict=True):
        if a.discrimination.r is not None:
            assert b.discrimination.r == pytest.approx(a.discrimination.r, abs=1e-3)
            assert b.discrimination.high - b.discrimination.low <= a.discrimination.high - a.discrimination.low


def test_a_policy_changes_no_figure():
    """Late penalties, overrides, extra credit and dropped work: counted is what the checks said."""
    work = [
        (exercise("a", "110"), exercise("b", "1")),
        (exercise("a", "011"), exercise("b", "0")),
        (exercise("a", "000"), exercise("b", "0")),
    ] * 8
    plain = of(*work)
    kind = AdjustmentKind.OVERRIDE
    changed = Counted(
        Fraction(99), Fraction(1), True, (Adjustment(kind, Text.same("x"), Fraction(5), "c0", "A", "why"),)
    )
    counted = of(*(tuple(dataclasses.replace(e, counted=changed) for e in exercises) for exercises in work))
    assert counted.learners[0].score != plain.learners[0].score
    assert items(counted) == items(plain)


def test_an_exercise_is_compared_with_the_others():
    work = [(exercise("a", "11"), exercise("b", "1"))] * 15 + [(exercise("a", "00"), exercise("b", "0"))] * 15
    _, (a, b) = items(of(*work))
    assert a.discrimination.r == b.discrimination.r == 1


def test_a_class_without_learners_has_no_items():
    assert items(of()) == ((), ())
    assert isinstance(items(lsat6())[0][0], Item)
