"""`grader.checking` turns whatever happens in a check into an outcome."""

from __future__ import annotations

import numpy as np
import pytest

from grader import expect
from grader.checking import check, rng_for, run_checks
from grader.errors import AuthorError, BrokenProgram
from grader.grades import Finding, Outcome
from grader.local import LocalSession
from grader.student import Student
from grader.text import Text, say
from grader.texts import Texts
from grader.wire import Refused

WORDS = Texts(
    "exercise.toml",
    {
        "checks": {
            "first": {"title_ko": "첫째", "hints": [{"en": "Look.", "ko": "보세요."}]},
            "second": {"title_ko": "둘째"},
        },
        "mistakes": {"doubled": {"en": "This is the double.", "ko": "두 배입니다."}},
        "messages": {"odd": {"en": "{n} is odd.", "ko": "{n}은 홀수입니다."}},
        "pictures": {
            "loss": {"title": {"en": "Loss", "ko": "손실"}, "description": {"en": "It falls.", "ko": "내려갑니다."}}
        },
        "training": {"first": {"threshold": 1.0, "successes": 1, "tries": 3, "measured": "40 of 40"}},
    },
)


def grade(function, code="pass\n", after=()):
    session = LocalSession({})
    session.run_cells("answer.py", code.encode())
    checks = [check(points=3)(function), *after]
    return list(run_checks(checks, Student(session), WORDS, slug="any", seed=7))


def test_a_check_that_returns_has_passed_with_all_points():
    def first():
        """Passes"""

    (result,) = grade(first)
    assert (result.outcome, result.points, result.max_points) == (Outcome.PASSED, 3, 3)
    assert result.title == Text("Passes", "첫째")
    assert result.hints == ()


def test_a_wrong_answer_shows_the_call_the_mistake_and_the_hints():
    def first(student):
        """Fails"""
        expect.tensor(student.same(np.array([1, 2])), [1, 2], mistakes={"doubled": lambda: [2, 4]})

    (result,) = grade(first, "def same(x):\n    return x * 2\n")
    assert (result.outcome, result.points) == (Outcome.FAILED, 0)
    assert result.finding.call == "same(np.array([1, 2]))"
    assert result.finding.mistake.text.ko == "두 배입니다."
    assert result.hints == (Text("Look.", "보세요."),)


def test_a_message_of_the_exercise_is_filled_in_both_languages():
    def first():
        """Fails"""
        expect.that(False, "odd", n=3)

    (result,) = grade(first)
    assert result.finding.message == Text("3 is odd.", "3은 홀수입니다.")


def test_a_plain_assert_fails_the_check():
    def first():
        """Fails"""
        assert 1 > 2, "one is not more than two"  # noqa: PLR0133

    (result,) = grade(first)
    assert (result.outcome, result.finding.message.en) == (Outcome.FAILED, "one is not more than two")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("def same(x):\n    raise ValueError('no {braces}')\n", "The call raised ValueError: no {braces}"),
        ("def sane(x):\n    return x\n", "There is no “same” in your file. Did you mean “sane”?"),
        ("x = 1\n", "There is no “same” in your file, or the cell that makes it did not run to its end."),
        ("same = 3\n", "“same” should be a function; it is int."),
        ("def same(x):\n    raise NotImplementedError\n", "This is not written yet."),
    ],
)
def test_a_broken_program_is_an_error_of_the_learner_and_says_which(code, words):
    def first(student):
        """Breaks"""
        student.same(1)

    (result,) = grade(first, code)
    assert (result.outcome, result.points) == (Outcome.ERRORED, 0)
    assert result.finding.message.en == words


def test_the_learners_own_frames_are_shown_and_no_others():
    def first(student):
        """Breaks"""
        student.same(1)

    (result,) = grade(first, "def deep(x):\n    return 1 / 0\n\n\ndef same(x):\n    return deep(x)\n")
    assert result.finding.traceback.split("\n")[-2:] == ["cell 1, line 2, in deep", "    return 1 / 0"]
    assert "/grader/" not in result.finding.traceback


def test_old_keras_is_recognised_in_the_exception():
    def first(student):
        """Breaks"""
        student.same(1)

    code = "def same(x):\n    raise ValueError(\"Argument(s) not recognized: {'lr': 0.1}\")\n"
    (result,) = grade(first, code)
    assert "learning_rate=" in result.finding.advice[0].en


def test_a_fault_of_ours_is_no_fault_of_the_learner():
    def first():
        """Breaks by itself"""
        return undefined_name  # noqa: F821

    (result,) = grade(first)
    assert result.outcome is Outcome.FAULTED
    assert "grader's fault" in result.finding.message.en
    assert "undefined_name" in result.finding.traceback


def test_what_builds_on_a_failed_check_is_skipped():
    def first():
        """Fails"""
        assert False  # noqa: B011, PT015

    def second():
        """Never runs"""
        pytest.fail("ran")

    results = grade(first, after=[check(points=2, after="first")(second)])
    assert [r.outcome for r in results] == [Outcome.FAILED, Outcome.SKIPPED]
    assert results[1].finding.message.en == "This check builds on “Fails”; get that one right first."


def test_a_limit_is_an_error_and_the_next_check_goes_on():
    def first():
        """Breaks"""
        raise BrokenProgram(Finding(Text.same("too long")))

    def second():
        """Passes"""

    assert [r.outcome for r in grade(first, after=[check(points=2)(second)])] == [Outcome.ERRORED, Outcome.PASSED]


def test_random_inputs_follow_from_the_seed_and_differ_between_checks():
    assert rng_for(1, "rank", "a").integers(1000) == rng_for(1, "rank", "a").integers(1000)
    drawn = {int(rng_for(seed, slug, name).integers(10**9)) for seed in (1, 2) for slug in "rs" for name in "ab"}
    assert len(drawn) == 8


@pytest.mark.parametrize(
    ("figures", "outcome", "asked"),
    [([1.0], "passed", 1), ([0.75, 1.0], "passed", 2), ([0.75, 0.5, 1.0], "passed", 3), ([0.75] * 3, "failed", 3)],
)
def test_training_is_judged_by_several_starts_and_stops_when_decided(figures, outcome, asked):
    seeds = []

    def first(fair, rng):
        """Learns"""
        fair.judge(lambda seed: seeds.append(seed) or figures[len(seeds) - 1], rng)

    (result,) = grade(first)
    assert (result.outcome.value, len(seeds), len(set(seeds))) == (outcome, asked, asked)


def test_a_network_that_cannot_learn_is_told_apart_from_an_unlucky_one():
    def first(fair, rng):
        """Learns"""
        fair.judge(lambda seed: 0.75, rng, diagnose=lambda: "doubled")

    (result,) = grade(first)
    assert "cannot learn this from any start" in result.finding.message.en
    assert result.finding.actual.en == "0.75, 0.75, 0.75, measured by the grader on its own data"
    assert result.finding.mistake.text.en == "This is the double."


def test_a_training_check_without_a_rule_is_our_fault():
    def second(fair, rng):
        """Learns"""
        fair.judge(lambda seed: 1.0, rng)

    (result,) = grade(second)
    assert result.outcome is Outcome.FAULTED


def test_pictures_are_kept_also_of_a_failed_check():
    from grader.pictures import Curve

    def first(show):
        """Draws"""
        show.curves("loss", [Curve("loss", range(1000), [np.nan] * 1000)], x_label="epoch", y_label="loss")
        assert False, "no"  # noqa: B011, PT015

    (result,) = grade(first)
    (series,) = result.pictures[0].data["series"]
    assert len(series["x"]) <= 401
    assert series["x"][-1] == 999
    assert set(series["y"]) == {None}


def test_a_changed_argument_is_noticed():
    def first(student):
        """Leaves the argument alone"""
        student.same(np.array([1.0, -1.0]))
        assert student.mutated()

    (result,) = grade(first, "def same(x):\n    x[x < 0] = 0\n    return x\n")
    assert result.outcome is Outcome.PASSED


def test_a_description_that_makes_no_model_is_the_programs_fault_not_ours():
    def first(student):
        """Rebuilds a model"""
        raise Refused(say("it would compute too much"))

    (result,) = grade(first)
    assert (result.outcome, result.max_points, result.points) == (Outcome.ERRORED, 3, 0)
    assert "it would compute too much" in result.finding.message.en


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (check(points=0), "gives 0 points"),
        (lambda f: check(points=1)(lambda student: None), "has no docstring"),
    ],
)
def test_a_check_that_is_written_wrongly_is_an_authors_error(make, words):
    def first():
        """Fine"""

    with pytest.raises(AuthorError, match=words):
        make(first)


def test_a_check_asks_only_for_what_there_is():
    def first(studnet):
        """Typo"""

    with pytest.raises(AuthorError, match="asks for"):
        check(points=1)(first)
