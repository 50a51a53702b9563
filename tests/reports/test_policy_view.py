"""What a policy made of the points is in every page, table and export, and the reasons with it."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from fractions import Fraction

import pytest

from grader.grades import Adjustment, AdjustmentKind, Counted
from grader.text import Text
from reports.class_page import class_page
from reports.formats import FORMATS, Wishes
from reports.hidden import for_learner
from reports.learner_page import learner_page
from reports.learner_rows import data
from reports.statistics import exercise_statistics
from reports.tables import csv_text

LATE = Adjustment(
    AdjustmentKind.LATE,
    Text("2 days late: <i>20</i> % off.", "2일 늦음: 20 % 감점됩니다."),
    Fraction("-1.25"),
    check="secret_id",
)
DROPPED = Adjustment(AdjustmentKind.DROPPED, Text.same("dropped."))


@pytest.fixture
def under(klass):
    """One learner, whose first exercise was late and whose second is dropped."""
    learner = klass.learners[0]
    first, second, *rest = learner.exercises
    late = first.earned.points - Fraction("1.25")
    first = dataclasses.replace(first, counted=Counted(late, Fraction(first.earned.max_points), adjustments=(LATE,)))
    score = second.earned
    counted = Counted(Fraction(score.points), Fraction(score.max_points), dropped=True, adjustments=(DROPPED,))
    second = dataclasses.replace(second, counted=counted)
    exercises = tuple(dataclasses.replace(e, counted=None) for e in rest[:1])
    return dataclasses.replace(klass, learners=(dataclasses.replace(learner, exercises=(first, second, *exercises)),))


@pytest.fixture
def counts(under):
    """The points that count, as text."""
    first, _, third = under.learners[0].exercises
    return f"{float(first.earned.points + third.earned.points - Fraction('1.25')):.2f}".rstrip("0").rstrip(".")


def exported(name, klass, **wishes):
    return FORMATS[name].export(klass, Wishes(**wishes))


def test_the_learner_s_page_says_why_and_what_the_checks_gave(under, counts):
    page = learner_page(under, under.learners[0], "en")
    assert page.score_words.startswith(f"{counts} of ")
    first, second, third = page.exercises
    assert first.adjustments[0] == "2 days late: <i>20</i> % off. (−1.25)"
    assert first.adjustments[1].startswith("The checks alone gave ")
    assert (second.adjustments, third.adjustments) == (("dropped.",), ())
    korean = learner_page(under, under.learners[0], "ko").exercises[0]
    assert korean.adjustments[0].startswith("2일 늦음")


def test_the_class_page_lists_whom_the_policy_touched(under, counts):
    page = class_page(under, "en")
    assert [(row.link, row.text) for row in page.policy] == [
        (f"learners/{under.learners[0].id}.html", "2 days late: <i>20</i> % off. (−1.25)"),
        (f"learners/{under.learners[0].id}.html", "dropped."),
    ]
    assert page.learners[0].score.startswith(f"{counts} / ")


def test_the_tables_of_the_class_mark_what_was_dropped(under):
    first, second, third = class_page(under, "en").learners[0].exercises
    assert (second.kind, second.word) == ("graded dropped", "dropped: does not count in the total")
    assert "dropped" not in (first.kind + third.kind)
    assert class_page(under, "en").dropped
    (row,) = json.loads(str(data(under, exercise_statistics(under), (), "en")))["rows"]
    assert [entry and entry[2:] for entry in row[6]] == [[], [1], None], "the script marks them too"


def test_work_whose_time_nobody_knows_stands_after_what_was_decided(under):
    unknown = Adjustment(AdjustmentKind.UNKNOWN_TIME, Text.same("nobody told."))
    learner = under.learners[0]
    first, *rest = learner.exercises
    counted = dataclasses.replace(first.counted, adjustments=(unknown, LATE))
    exercises = (dataclasses.replace(first, counted=counted), *rest)
    klass = dataclasses.replace(under, learners=(dataclasses.replace(learner, exercises=exercises),))
    assert [row.text[:7] for row in class_page(klass, "en").policy] == ["2 days ", "dropped", "nobody "]


def test_no_page_or_export_of_a_learner_names_a_check(under):
    assert "secret_id" not in json.dumps(for_learner(under.learners[0]).to_json())


def test_the_table_has_what_counts_what_was_earned_and_why(under, counts):
    (row,) = csv.DictReader(io.StringIO(csv_text(under)))
    assert (row["total"], row["earned"]) == (counts, str(under.learners[0].earned.points))
    assert "2 days late" in row["policy"]


def test_gradescope_gets_what_counts_and_the_reason(under, counts):
    data = json.loads(exported("gradescope", under).files[0].text)
    assert data["score"] == float(counts)
    assert "2 days late" in data["output"]


def test_canvas_and_moodle_get_what_counts(under, counts):
    canvas = list(csv.reader(io.StringIO(exported("canvas", under).files[0].text)))
    assert canvas[-1][-1] == counts
    moodle = list(csv.reader(io.StringIO(exported("moodle-gradebook", under).files[0].text)))
    assert moodle[1][2] == counts
    assert "2 days late" in moodle[1][3]


def test_a_dropped_exercise_has_its_own_points_where_it_is_asked_for(under):
    second = under.learners[0].exercises[1]
    canvas = list(csv.reader(io.StringIO(exported("canvas", under, slug=second.slug).files[0].text)))
    assert canvas[-1][-1] == str(second.earned.points)


def test_nbgrader_s_columns_add_up(under):
    rows = list(csv.DictReader(io.StringIO(exported("nbgrader", under).files[0].text)))
    for row in rows:
        assert float(row["raw_score"]) - float(row["late_submission_penalty"]) == float(row["score"])
    assert {row["late_submission_penalty"] for row in rows} == {"0", "1.25"}


def test_the_tests_of_github_s_classroom_add_up_to_what_counts(under, counts):
    data = json.loads(exported("github-classroom", under).files[0].text)
    assert sum(t["score"] for t in data["tests"]) == float(counts)
    assert data["tests"][-1]["message"].startswith("2 days late")


def test_classroom_50_gets_a_whole_number_and_the_instructor_is_told(under, counts):
    meta = dict.fromkeys(("classroom", "assignment", "owner", "commit", "release", "review"), "x")
    meta |= {"submission": "submit/1", "datetime": "2026-11-22T01:02:03Z", "assignment_type": "individual"}
    made = exported("classroom50", under, meta=meta)
    whole = json.loads(made.files[0].text)["score"]
    assert isinstance(whole, int)
    assert abs(whole - float(counts)) <= 0.5
    assert any("whole points only" in m.en for m in made.messages)


def test_markdown_shows_the_reason_as_words(under):
    text = exported("markdown", under).files[0].text
    assert "2 days late: &lt;i&gt;20&lt;/i&gt; % off" in text.replace("\\", "")
