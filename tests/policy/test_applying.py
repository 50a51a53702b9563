"""The arithmetic of a policy, and the sentences that say why."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.grades import CheckResult, ClassGrade, ExerciseGrade, Outcome, Status
from grader.intake import LearnerFiles
from grader.points import Score, rounded, shown
from grader.text import Text
from tests.policy.made import counted, points, told, work

LATE = """
timezone = "Asia/Seoul"
[late]
due = 2026-03-20T23:59:00
grace_minutes = 15
percent_per_day = 10
at_most = 50
"""
ON_TIME, DAY_2, DAY_9 = "2026-03-20T20:00:00+09:00", "2026-03-22T10:12:00+09:00", "2026-03-29T10:00:00+09:00"


@pytest.mark.parametrize(
    ("came", "score", "sentence"),
    [
        (ON_TIME, "3 / 4", None),
        (DAY_2, "2.4 / 4", "2 days late: 20 % off, at most 50 %."),
        (DAY_9, "1.5 / 4", "9 days late: 50 % off, at most 50 %."),
        ("2026-03-21T10:00:00+09:00", "2.7 / 4", "1 day late: 10 % off, at most 50 %."),
    ],
)
def test_late_work_loses_a_share_of_what_it_earned_and_says_so(tmp_path, came, score, sentence):
    klass = counted(tmp_path, LATE, [work("rank", 3)], {"rank": came})
    assert points(klass) == {"rank": score}
    if sentence is None:
        assert told(klass) == []
    else:
        assert told(klass)[0].startswith(f"{sentence} It was due 2026-03-20 23:59 (Asia/Seoul) and came 2026-03-2")


def test_the_sentence_is_said_in_korean_too(tmp_path):
    assert told(counted(tmp_path, LATE, [work("rank", 3)], {"rank": DAY_2}), "ko")[0].startswith("2일 늦음: 20 % 감점")


@pytest.mark.parametrize(
    ("late", "sentence"),
    [(None, "Nobody told when it came"), (True, "It is marked as late, but nobody told when it came"), (False, None)],
)
def test_where_the_time_is_not_known_nothing_is_taken_off(tmp_path, late, sentence):
    klass = counted(tmp_path, LATE, [work("rank", 3)], late=late)
    assert points(klass) == {"rank": "3 / 4"}
    assert [t.split(":")[0] for t in told(klass)] == ([sentence] if sentence else [])


def test_the_verdict_is_the_same_whenever_it_came(tmp_path):
    early, late = (counted(tmp_path, LATE, [work("rank", 3)], {"rank": at}) for at in (ON_TIME, DAY_9))
    for one, other in zip(early.learners[0].exercises, late.learners[0].exercises, strict=True):
        assert one.checks == other.checks
        assert one.earned == other.earned


@pytest.mark.parametrize(
    ("extension", "score"),
    [
        ('learner = "ada"\ndays = 2', "3 / 4"),
        ('learner = "ADA@uni.kr"\nexercise = "rank"\ndays = 1', "2.7 / 4"),
        ('learner = "12345"\ndue = 2026-03-22', "3 / 4"),
        ('learner = "Ada Kim"\nexercise = "matmul"\ndays = 9', "2.4 / 4"),
        ('learner = "ada"\ndue = 2026-03-01', "2.4 / 4"),
        ('learner = "ada"\ndays = 9\n[[extension]]\nlearner = "ada"\nexercise = "rank"\ndays = 1', "2.7 / 4"),
    ],
)
def test_an_extension_moves_one_learner_s_deadline_and_never_to_before(tmp_path, extension, score):
    klass = counted(tmp_path, f"{LATE}[[extension]]\n{extension}\n", [work("rank", 3)], {"rank": DAY_2})
    assert points(klass) == {"rank": score}
    assert any(t.startswith("Your deadline was extended to 2026-03-2") for t in told(klass)) == (score != "2.4 / 4")


def test_an_exercise_has_a_rule_of_its_own_over_the_one_for_all(tmp_path):
    own = "[late.exercises.matmul]\npercent_per_day = 25\n[late.exercises.reshape]\ndue = 2026-04-01\n"
    exercises = [work(slug, 4) for slug in ("rank", "matmul", "reshape")]
    klass = counted(tmp_path, LATE + own, exercises, dict.fromkeys(("rank", "matmul", "reshape"), DAY_2))
    assert points(klass) == {"rank": "3.2 / 4", "matmul": "2 / 4", "reshape": "4 / 4"}


OVERRIDE = '[[override]]\nlearner = "ada"\nexercise = "rank"\nreason = "seen by hand"\nauthor = "Prof. Lee"\n'


def test_an_override_of_an_exercise_has_the_last_word(tmp_path):
    klass = counted(tmp_path, f"{LATE}{OVERRIDE}points = 3.5\n", [work("rank", 1)], {"rank": DAY_9})
    assert points(klass) == {"rank": "3.5 / 4"}
    assert told(klass)[-1] == "Points set to 3.5 by Prof. Lee: seen by hand"
    (last,) = [a for a in klass.learners[0].exercises[0].counted.adjustments if a.author]
    assert (last.author, last.reason, last.points) == ("Prof. Lee", "seen by hand", 3)


def test_an_override_of_a_check_comes_before_lateness(tmp_path):
    klass = counted(tmp_path, f'{LATE}{OVERRIDE}check = "c3"\npoints = 1\n', [work("rank", 3)], {"rank": DAY_2})
    assert points(klass) == {"rank": "3.2 / 4"}
    assert told(klass)[0] == "“Check 3”: points set to 1 by Prof. Lee: seen by hand"


def test_of_two_overrides_the_later_one_in_the_file_counts(tmp_path):
    text = f"{OVERRIDE}points = 1\n{OVERRIDE}points = 2\n"
    assert points(counted(tmp_path, text, [work("rank", 4)])) == {"rank": "2 / 4"}


def test_an_override_counts_where_nothing_was_handed_in(tmp_path):
    missing = ExerciseGrade("rank", Text.same(""), Status.MISSING, checks=work("rank", 0).checks)
    assert points(counted(tmp_path, f"{LATE}{OVERRIDE}points = 2\n", [missing])) == {"rank": "2 / 4"}


def test_an_override_of_a_check_that_the_grader_failed_on_makes_it_count(tmp_path):
    checks = (work("rank", 1, of=1).checks[0], CheckResult("f", Text.same("F"), True, Outcome.FAULTED, 5))
    klass = counted(tmp_path, f'{OVERRIDE}check = "f"\npoints = 4\n', [work("rank", 0, checks=checks)])
    assert points(klass) == {"rank": "5 / 6"}


def test_an_override_waits_where_the_grader_failed_on_the_exercise(tmp_path):
    broken = ExerciseGrade("rank", Text.same(""), Status.FAULTED)
    klass = counted(tmp_path, f"{OVERRIDE}points = 4\n", [broken])
    assert points(klass) == {"rank": "0 / 0"}
    assert told(klass) == ["An override by Prof. Lee waits until the exercise is graded."]


def test_extra_credit_adds_and_never_lowers(tmp_path):
    text = '[extra_credit]\nexercises = ["matmul"]\nchecks = { rank = ["c3"] }\n'
    klass = counted(tmp_path, text, [work("rank", 4), work("matmul", 2)])
    assert points(klass) == {"rank": "4 / 3", "matmul": "2 / 0"}
    assert klass.learners[0].score == Score(6, 3)
    assert klass.learners[0].score.percent == 200
    poor = counted(tmp_path, text, [work("rank", 3), work("matmul", 0)])
    assert poor.learners[0].score.percent == 100


def test_the_lowest_share_is_dropped_and_of_equal_ones_the_later(tmp_path):
    drop = "[drop]\nlowest = 1\n"
    klass = counted(tmp_path, drop, [work("rank", 2), work("matmul", 1, of=2, worth=9), work("reshape", 4)])
    assert [e.dropped for e in klass.learners[0].exercises] == [False, True, False]
    assert klass.learners[0].score == Score(6, 8)
    assert told(klass) == ["Among your lowest exercises: it is dropped and does not count in the total."]


def test_the_last_exercise_that_counts_is_never_dropped(tmp_path):
    for lowest in (1, 2, 3):
        klass = counted(tmp_path, f"[drop]\nlowest = {lowest}\n", [work("rank", 0)])
        assert not klass.learners[0].exercises[0].dropped


def test_what_cannot_lower_the_total_is_not_dropped(tmp_path):
    text = '[drop]\nlowest = 1\n[extra_credit]\nexercises = ["rank"]\n'
    klass = counted(tmp_path, text, [work("rank", 0), work("matmul", 1), work("reshape", 2)])
    assert [e.dropped for e in klass.learners[0].exercises] == [False, True, False]


def test_lateness_decides_what_is_lowest(tmp_path):
    text = f"{LATE}[drop]\nlowest = 1\n"
    klass = counted(tmp_path, text, [work("rank", 4), work("matmul", 3)], {"rank": DAY_9, "matmul": ON_TIME})
    assert [e.dropped for e in klass.learners[0].exercises] == [True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OVERRIDE.replace("ada", "bob") + "points = 1", "no learner here is called bob"),
        ('[[extension]]\nlearner = "twin"\ndays = 1', "no learner here is called twin"),
        (OVERRIDE + "points = 9", "gives 9 points; it is worth 4"),
        (OVERRIDE + 'points = 2\ncheck = "c3"', "gives 2 points; it is worth 1"),
        (OVERRIDE + 'points = 1\ncheck = "gone"', "names a check gone, which rank does not have"),
        ('[extra_credit.checks]\nrank = ["gone"]', "extra credit names a check gone"),
    ],
)
def test_what_of_a_policy_fits_nobody_is_said(tmp_path, text, words):
    (message,) = counted(tmp_path, text, [work("rank", 4)]).messages
    assert message.en.startswith("Policy: ")
    assert words in message.en


def test_a_name_that_two_learners_have_is_nobody_s(tmp_path):
    from grader.intake import Intake
    from grader.policy.whose import sort_out
    from tests.policy.made import policy

    two = Intake((LearnerFiles("kim", "Kim"), LearnerFiles("kim-2", "Kim"), LearnerFiles("lee", "KIM-2")))
    made = policy(tmp_path, "".join(f'[[extension]]\nlearner = "{n}"\ndays = 1\n' for n in ("Kim", "kim-2", "LEE")))
    found = sort_out(made, two)
    assert found.ids == {"Kim": "kim", "kim-2": "kim-2", "LEE": "lee"}  # an id first: it is unique
    other = policy(tmp_path, '[[extension]]\nlearner = "Park"\ndays = 1\n')
    parks = Intake((LearnerFiles("a", "Park"), LearnerFiles("b", "Park")))
    assert "several learners are called Park (a, b)" in sort_out(other, parks).messages[0].en


def test_the_same_policy_gives_the_same_bytes(tmp_path):
    made = [counted(tmp_path, LATE, [work("rank", 3)], {"rank": DAY_2}).to_json() for _ in range(2)]
    assert made[0] == made[1]
    assert ClassGrade.from_json(made[0]).to_json() == made[0]


@given(st.integers(0, 60), st.integers(1, 30), st.integers(0, 10**5), st.integers(0, 11), st.integers(0, 10**5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
def test_lateness_takes_just_its_share_and_is_rounded_once(tmp_path, passed, worth, rate, day, cap):
    rate, cap = Fraction(rate, 1000), Fraction(cap, 1000)
    text = LATE.replace("minutes = 15", "minutes = 0").replace("most = 50", f"most = {float(cap):.3f}")
    text = text.replace("day = 10", f"day = {float(rate):.3f}")
    came = f"2026-03-{20 + day:02}T23:59:00+09:00"
    (grade,) = counted(tmp_path, text, [work("rank", passed, of=60, worth=worth)], {"rank": came}).learners[0].exercises
    assert grade.score.points == rounded(passed * worth * (1 - min(day * rate, cap) / 100))
    assert grade.score.max_points == 60 * worth


@pytest.mark.parametrize(
    ("exact", "told_as"),
    [
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction("0.005"), "0.01"),
        (Fraction("2.675"), "2.68"),
        (Fraction("2.5"), "2.5"),
        (3, "3"),
        (Fraction(0), "0"),
    ],
)
def test_points_are_rounded_to_hundredths_with_halves_up(exact, told_as):
    assert shown(exact) == told_as
