"""Hidden checks: a learner reads title, outcome, points and hints, and nothing of what is tried."""

from __future__ import annotations

import builtins
import dataclasses

import pytest

from grader.grades import CheckResult, Finding, LearnerGrade, Outcome, Picture, PictureKind, Status
from grader.text import Text
from reports.hidden import for_learner
from tests.reports.conftest import page_of
from tests.reports.sample_class import BY_SLUG, graded
from tests.reports.sample_findings import HIDDEN_EXPECTED, HIDDEN_INPUT, SCRIPT

SECRET = Text.same("s3cr3t")


def seen(outcome: Outcome, *, public: bool = False, traceback: str = "", message: str = "s3cr3t") -> CheckResult:
    """What is left of a check that is full of secrets."""
    finding = Finding(Text.same(message), SECRET, SECRET, SECRET, "double(s3cr3t)", None, (SECRET,), traceback)
    picture = Picture(PictureKind.CURVES, SECRET, SECRET, {})
    check = CheckResult(
        "s3cr3t_id", Text.same("Title"), public, outcome, 3, finding, (Text.same("Hint"),), (picture,), (SECRET,)
    )
    exercise = dataclasses.replace(graded(BY_SLUG["rank"]), checks=(check,))
    return for_learner(LearnerGrade("a", "A", (exercise,))).exercises[0].checks[0]


@pytest.mark.parametrize("status", [Status.MISSING, Status.UNREADABLE])
def test_of_a_file_that_did_not_come_hidden_checks_say_what_public_ones_say(status):
    work = graded(BY_SLUG["rank"])
    skipped = [
        dataclasses.replace(c, outcome=Outcome.SKIPPED, finding=Finding(Text.same("No file."))) for c in work.checks
    ]
    work = dataclasses.replace(work, status=status, checks=tuple(skipped))
    (told,) = for_learner(LearnerGrade("a", "A", (work,))).exercises
    assert {c.finding.message.en for c in told.checks} == {"No file."}
    assert {c.public for c in told.checks} == {True, False}


@pytest.mark.parametrize("outcome", list(Outcome))
def test_nothing_of_a_hidden_check_is_left_but_title_outcome_points_and_hints(outcome):
    check = seen(outcome)
    assert "s3cr3t" not in str(check.to_json())
    assert (check.title.en, check.outcome, check.max_points, check.hints[0].en) == ("Title", outcome, 3, "Hint")


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "The call raised ZeroDivisionError: s3cr3t",
            "double() raised ZeroDivisionError on an input that is not shown.",
        ),
        ("The answer breaks when it is read: KeyError: 7", "double() raised KeyError on an input that is not shown."),
        ("The call raised s3cr3tError: 7", "Your program stopped on an input that is not shown."),
        ("The call raised BlockingIOError: 7", "Your program stopped on an input that is not shown."),
        ("s3cr3t The call raised KeyError: 7", "Your program stopped on an input that is not shown."),
        ("There is no “s3cr3t” in your file.", "Your program stopped on an input that is not shown."),
    ],
)
def test_a_hidden_check_that_broke_says_which_everyday_error_and_what_was_called(message, told):
    trace = "cell 1, line 2, in s3cr3t\n    inner(s3cr3t)\ns3cr3t.py, line 17, in inner\n    return 1 / x"
    assert seen(Outcome.ERRORED, traceback=trace, message=message).finding.message.en == told


def test_a_hidden_check_that_ran_into_a_limit_says_so_but_not_into_which():
    message = "Your program was stopped after 10 s of computing."
    assert "stopped at a limit" in seen(Outcome.ERRORED, message=message).finding.message.en


def test_a_program_chooses_among_fewer_than_32_words_on_a_hidden_input():
    """Whatever it raises, where, with which words: this is all that the check tells its author."""
    names = [n for n, v in vars(builtins).items() if isinstance(v, type) and issubclass(v, BaseException)]
    raised = [f"The call raised {name}: 7" for name in [*names, *(f"Own{n}" for n in range(99))]]
    said = [*raised, "Your program was stopped: it printed more than 5 MB.", "Your program ended its own process."]
    lines = [f"cell {n}, line {n}, in f\n    x" for n in range(len(said))]
    told = {
        seen(Outcome.ERRORED, message=message, traceback=line).finding.message.en
        for message, line in zip(said, lines, strict=True)
    }
    others = {str(seen(o).to_json()) for o in Outcome if o is not Outcome.ERRORED}
    assert 10 < len(told) + len(others) < 32


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
