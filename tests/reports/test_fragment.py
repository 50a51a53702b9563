"""One exercise as a piece of HTML for a notebook, and what a page says of cells that ran to their end."""

from __future__ import annotations

import re

import pytest

from grader.grades import CellRecord, RunRecord
from grader.text import Text
from reports.fragment import fragment
from reports.run_view import run_view
from tests.reports.html_reader import read
from tests.reports.sample_findings import HIDDEN_INPUT


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_exercise_of_the_sample_class_can_be_shown_in_a_notebook(lang, klass):
    for learner in klass.learners:
        for exercise in learner.exercises:
            html = fragment(exercise, lang)
            assert exercise.title.in_language(lang) in html
            assert HIDDEN_INPUT not in html
            assert "<script" not in html.lower()
            assert read(html) is not None


def test_its_styles_stay_inside(klass):
    style = re.search(r"<style>(.*)</style>", fragment(klass.learners[0].exercises[0], "en"), re.DOTALL)[1]
    assert style.strip().startswith("@scope (.gradetape) {")
    assert style.count("{") == style.count("}")
    assert not re.search(r"(^|[\s,}])(:root|html|body)[\s,{]", style)
    assert ":scope" in style


def test_a_cell_that_ran_may_still_be_talked_about():
    cells = (CellRecord(1, advice=(Text.same("old"),)), CellRecord(2, error="X: y", advice=(Text.same("new"),)))
    view = run_view(RunRecord(cells), "en")
    assert view.notes == ("Cell 1. old",)
    assert view.stops[0].advice == ("new",)
