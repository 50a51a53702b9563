"""A learner's page: score, what to do next, and for each check that did not pass everything that helps."""

from __future__ import annotations

import dataclasses

import pytest

from grader.grades import CellRecord, ClassGrade, Finding, RunRecord, Status
from grader.text import Text
from reports.compare import compare
from reports.learner_page import LearnerPage, learner_page
from reports.run_view import run_view
from tests.reports.conftest import page_of
from tests.reports.sample_class import BY_SLUG, CAPSULE, absent, graded, learner
from tests.reports.sample_course import COURSE
from tests.reports.sample_findings import FINDINGS


def view(work: dict | None = None, lang: str = "en") -> LearnerPage:
    grade = learner("a", "A", work or {})
    return learner_page(ClassGrade(COURSE, CAPSULE, (grade,)), grade, lang)


def test_the_score_stands_first_in_points_and_percent(english, klass):
    page = page_of(english, "seoyeon-lee")
    score = klass.learners[1].score
    assert f"{score.points} of {score.max_points} points" in page.one("section", "score").text
    assert page.one("div", "gauge").one("span").text == f"{score.percent}%"


def test_only_a_perfect_learner_reads_that_everything_is_right():
    assert view().complete
    assert view().steps == ()
    assert not view({"rank": graded(BY_SLUG["rank"], {"names_kinds": "none"})}).complete


def test_next_comes_the_first_check_in_the_way_of_each_exercise_with_the_points_to_be_had():
    page = view(
        {"matmul": graded(BY_SLUG["matmul"], {"lecture_product": "elementwise", "any_conformable_shapes": "skip"})}
    )
    (step,) = page.steps
    assert (step.title, step.gain) == ("Multiplies the matrices of the lecture", "3 points")
    assert step.why.startswith("That is the element-wise product")


def test_a_cell_that_stopped_comes_before_the_checks_that_miss_what_it_makes():
    work = graded(BY_SLUG["activations"], {"sigmoid": "name_error"}, "broken")
    (step,) = view({"activations": work}).steps
    assert (step.title, step.why) == ("Cell 2 stopped at line 4.", "NameError: name 'npp' is not defined")


def test_work_that_was_begun_comes_before_work_that_was_not_handed_in():
    page = view(
        {"rank": absent(BY_SLUG["rank"]), "save_load": graded(BY_SLUG["save_load"], {"same_predictions": "retrained"})}
    )
    assert [s.title for s in page.steps] == ["Predicts the same after the round trip", "Hand in a file"]


def test_at_most_three_steps_and_how_many_more():
    page = view({slug: absent(topic) for slug, topic in BY_SLUG.items()})
    assert len(page.steps) == 3
    assert page.more_steps == "7 more below."


def test_an_unreadable_file_says_why_and_what_to_do():
    page = view({"rank": absent(BY_SLUG["rank"], Status.UNREADABLE, Text.same("not JSON"))})
    assert page.steps[0].title == "Hand in a file that can be read"
    assert page.steps[0].why == "not JSON"
    assert page.exercises[0].messages == ("not JSON",)
    assert page.exercises[0].checks == ()


def test_a_fault_of_the_grader_is_loud_and_nothing_to_do():
    page = view({"lr_sweep": graded(BY_SLUG["lr_sweep"], {"plots_four_panels": "fault"})})
    assert page.faulted
    assert page.steps == ()
    assert page.complete
    check = next(c for c in page.exercises[6].checks if c.badge.kind == "faulted")
    assert (check.score, check.score_words) == ("–", "does not count")


def test_a_failed_check_shows_everything_that_helps(english):
    page = page_of(english, "seoyeon-lee")
    check = next(c for c in page.all("li", "check") if c.one("h3").text == "Multiplies the matrices of the lecture")
    finding = FINDINGS["elementwise"]
    assert check.one("dl", "compare").classes[1] == "columns"
    expected, actual = (pre.text.lstrip("\n") for pre in check.one("dl", "compare").all("pre"))
    assert (expected, actual) == (finding.expected.en, finding.actual.en)
    assert check.one("code", "call").text == finding.call
    for words in (
        finding.message.en,
        finding.mistake.text.en,
        finding.where.en,
        "Hint 1",
        "Hint 2",
        "Row times column",
    ):
        assert words in check.text


def test_a_check_that_passed_is_one_line(english):
    page = page_of(english, "minjun-kim")
    check = next(c for c in page.all("li", "check") if c.one("h3").text == "Counts axes, not elements")
    assert not check.all("div", "check-body")


def test_old_spelling_is_explained_beside_the_error(english):
    page = page_of(english, "olivia-martin")
    check = next(c for c in page.all("li", "check") if c.one("h3").text == "Learns OR")
    assert "“lr=” is the Keras 2 name" in check.one("p", "advice").text
    assert "in train_gate" in check.one("details").text


@pytest.mark.parametrize(
    ("expected", "actual", "marked"),
    [
        ("(10, 3)", "(3, 10)", ([], [])),  # nothing is the same: nothing to find
        ("[[1, 2], [3, 4]] of shape (2, 2)", "[[5, 6], [7, 8]] of shape (2, 2)", ([], [])),
        ("[[1, 2],\n [3, 4]]", "[[1, 9],\n [3, 4]]", (["2"], ["9"])),
        ("[0., 0., 1.]", "[0., 1.]", (["0."], [])),
        ("[ 5, 17, 9]", "[ 6,  17, 9]", (["5"], ["6"])),
        ("1e-05", "2e-05 and more", ([], [])),
        ("same", "same", ([], [])),
        ("True", "None", ([], [])),
    ],
)
def test_what_differs_is_marked_number_by_number(expected, actual, marked):
    comparison = compare(expected, actual)
    found = tuple([p.text for p in value.parts if p.differs] for value in (comparison.expected, comparison.actual))
    assert found == marked
    assert "".join(p.text for p in comparison.actual.parts) == actual


def test_how_two_answers_are_laid_out():
    assert compare(None, None) is None
    assert compare("1", "2").layout == "columns"
    assert compare("a " * 30, "b").layout == "rows"
    assert compare("a " * 30 + "\n", "b").layout == "stacked"
    assert compare(None, "b").expected is None
    assert compare("x\n" + "1" * 40, "b").expected.scrolls


def test_answers_too_long_to_compare_are_cut_and_shown():
    comparison = compare("1, " * 5000, "2, " * 5000)
    assert len(comparison.expected.parts[0].text) < 4_010
    assert not comparison.marked


def test_cells_that_were_not_run_are_named_together():
    cells = (CellRecord(1, error="KeyError: 1", line=2), *(CellRecord(n, error="not run") for n in (2, 3)))
    shown = run_view(RunRecord(cells), "en")
    assert [s.title for s in shown.stops] == ["Cell 1 stopped at line 2."]
    assert shown.notes == ("Not run any more: cell 2, 3.",)


def test_after_two_cells_that_stopped_the_others_stand_folded():
    cells = tuple(CellRecord(n, error="NameError: x", line=1) for n in range(1, 6))
    shown = run_view(RunRecord(cells), "en")
    assert (len(shown.stops), len(shown.more_stops), shown.more_title) == (
        2,
        3,
        "3 more cells did not run to their end",
    )


@pytest.mark.parametrize(
    ("cell", "title", "error"),
    [
        (CellRecord(3, error="KeyboardInterrupt", limit="cpu"), "Cell 3 was stopped: it computed for too long.", ""),
        (CellRecord(3, error="x", limit="idle"), "Cell 3 was stopped: it waited for too long.", ""),
        (CellRecord(3, error="x", limit="memory"), "Cell 3 was stopped: it needed too much memory.", ""),
        (CellRecord(3, error="x", limit="output"), "Cell 3 was stopped: it printed too much.", ""),
        (CellRecord(3, error="the process ended"), "Cell 3 ended the whole program.", ""),
        (CellRecord(3, error="KeyError: 1"), "Cell 3 did not run to its end.", "KeyError: 1"),
    ],
)
def test_how_a_cell_stopped_is_said_in_words(cell, title, error):
    (stop,) = run_view(RunRecord((cell,)), "en").stops
    assert (stop.title, stop.error) == (title, error)


@pytest.mark.parametrize(("size", "words"), [(12, "12 B"), (3_400, "3 kB"), (5_210_442, "5.2 MB")])
def test_the_size_of_the_output_is_what_was_printed_not_what_is_kept(size, words):
    assert run_view(RunRecord(output="x", output_bytes=size), "en").output_size == words


def test_a_picture_that_cannot_be_drawn_is_said_to_be_the_graders_fault(tmp_path):
    import reports

    work = graded(BY_SLUG["activations"])
    broken = dataclasses.replace(work.checks[0].pictures[0], data={})
    checks = (dataclasses.replace(work.checks[0], pictures=(broken,)), *work.checks[1:])
    grade = learner("a", "A", {"activations": dataclasses.replace(work, checks=checks)})
    written = reports.write(ClassGrade(COURSE, CAPSULE, (grade,)), tmp_path, lang="en")
    assert "This picture could not be drawn." in written.learners[0].read_text(encoding="utf-8")


def test_a_finding_without_anything_but_a_message_leaves_no_empty_boxes(tmp_path):
    import reports

    work = graded(BY_SLUG["rank"], {"names_kinds": "none"})
    checks = tuple(
        dataclasses.replace(c, finding=Finding(Text.same("Only this."))) if c.finding else c for c in work.checks
    )
    grade = learner("a", "A", {"rank": dataclasses.replace(work, checks=checks)})
    written = reports.write(ClassGrade(COURSE, CAPSULE, (grade,)), tmp_path, lang="en")
    check = next(c for c in page_of(written, "a").all("li", "failed"))
    assert check.one("div", "check-body").text.split() == ["Only", "this."]
