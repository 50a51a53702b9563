"""Hidden checks: a learner reads title, outcome, points and hints, and nothing of what is tried."""

from __future__ import annotations

import dataclasses

import pytest

from grader.grades import CheckResult, Finding, LearnerGrade, Outcome, Picture, PictureKind
from grader.text import Text
from reports.hidden import for_learner
from tests.reports.conftest import page_of
from tests.reports.sample_class import BY_SLUG, graded
from tests.reports.sample_findings import HIDDEN_EXPECTED, HIDDEN_INPUT, SCRIPT

SECRET = Text.same("s3cr3t")


def seen(outcome: Outcome, *, public: bool = False, traceback: str = "", message: str = "s3cr3t") -> CheckResult:
    """What is left of a check that is full of secrets."""
    finding = Finding(Text.same(message), SECRET, SECRET, SECRET, "s3cr3t", None, (SECRET,), traceback)
    picture = Picture(PictureKind.CURVES, SECRET, SECRET, {})
    check = CheckResult(
        "s3cr3t_id", Text.same("Title"), public, outcome, 3, finding, (Text.same("Hint"),), (picture,), (SECRET,)
    )
    exercise = dataclasses.replace(graded(BY_SLUG["rank"]), checks=(check,))
    return for_learner(LearnerGrade("a", "A", (exercise,))).exercises[0].checks[0]


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_of_a_hidden_check_is_left_but_title_outcome_points_and_hints(outcome):
    check = seen(outcome)
    assert "s3cr3t" not in str(check.to_json())
    assert (check.title.en, check.outcome, check.max_points, check.hints[0].en) == ("Title", outcome, 3, "Hint")


def test_a_hidden_check_that_broke_says_which_error_and_where_but_not_its_words():
    trace = "cell 1, line 2, in outer\n    inner(s3cr3t)\ncell 4, line 17, in inner\n    return 1 / x"
    message = seen(
        Outcome.ERRORED, traceback=trace, message="The call raised ZeroDivisionError: s3cr3t"
    ).finding.message.en
    assert "ZeroDivisionError" in message
    assert "cell 4, line 17" in message


def test_names_that_a_learner_gives_to_errors_and_files_carry_nothing_out():
    trace = "s3cr3t is 3, line 12, in f\n    x"
    message = seen(Outcome.ERRORED, traceback=trace, message="The call raised s3cr3tError: 7").finding.message.en
    assert message == "Your program stopped on an input that is not shown."


def test_a_public_check_keeps_what_it_says():
    assert seen(Outcome.FAILED, public=True).finding.actual == SECRET


def test_a_fault_of_the_grader_shows_learners_nothing_of_its_inside():
    check = seen(Outcome.FAULTED, public=True, traceback="s3cr3t")
    assert "s3cr3t" not in str(check.to_json())
    assert "costs you no points" in check.finding.message.en


def test_no_learners_page_holds_a_hidden_input_or_expected_value(written):
    for path in written.learners:
        source = path.read_text(encoding="utf-8")
        for secret in (HIDDEN_INPUT, HIDDEN_EXPECTED, "secret_of_the_grader", "solutions/", "20240611"):
            assert secret not in source, (path.name, secret)


def test_the_same_check_is_on_the_page_with_title_points_and_hint(english):
    page = page_of(english, "olivia-martin")
    check = next(c for c in page.all("li", "check") if "have not seen" in c.one("h3").text)
    assert "Hidden check" in check.text
    assert "0 of 2 points" in check.text
    assert "Think of tensors that hold no element at all." in check.text
    assert not check.all("figure")


def test_the_instructors_page_names_the_commonest_mistakes_of_hidden_checks(english):
    assert "other order" in english.index.read_text(encoding="utf-8")


def test_a_fault_is_loud_on_the_instructors_page_with_its_cause(english):
    source = english.index.read_text(encoding="utf-8")
    assert "The grader failed on some of this work" in source
    assert source.count("secret_of_the_grader") == 2
    assert SCRIPT not in source
