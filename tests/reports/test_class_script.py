"""The class page's script in Chromium: search, filters, sorting, pages, groups; what it draws is what was written."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from fractions import Fraction

import pytest

from grader.grades import Counted, ExerciseGrade
from reports.analysis import analyse
from reports.class_page import class_page
from reports.learner_rows import ROWS
from reports.pages import Pages
from tests.reports.browser import Page, chromium
from tests.reports.crowd import crowd

pytestmark = pytest.mark.slow
SIZE = 2 * ROWS + 50


def late(grade: ExerciseGrade) -> ExerciseGrade:
    """What came a day late, with a fifth less and half a point of extra credit."""
    points = Fraction(4, 5) * grade.earned.points + Fraction(1, 2)
    return dataclasses.replace(grade, counted=Counted(points, Fraction(grade.earned.max_points)))


@pytest.fixture(scope="module")
def klass():
    """A policy counts every third learner's first exercise otherwise."""
    made = crowd(SIZE)
    learners = [
        dataclasses.replace(p, exercises=(late(p.exercises[0]), *p.exercises[1:])) if n % 3 == 0 else p
        for n, p in enumerate(made.learners)
    ]
    return dataclasses.replace(made, learners=tuple(learners))


@pytest.fixture(scope="module")
def page(klass, tmp_path_factory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("script") / "index.html"
    path.write_text(Pages().render("class.html", class_page(klass, "en")), encoding="utf-8")
    with chromium() as browser, browser.open(path) as page:
        yield page
        assert page.complaints() == []


@pytest.fixture(autouse=True)
def fresh(page):
    """Each test begins as a reader does."""
    page.browser.ask("Page.reload", page.session)
    while not page.evaluate("'ready' in document.documentElement.dataset"):
        pass


def names(page: Page, table: str = "points") -> list[str]:
    return page.evaluate(f"[...document.querySelectorAll('table.{table} tbody th')].map(e => e.textContent)")


def put(page: Page, field: str, value: str, event: str) -> None:
    page.evaluate(
        f"(e => {{ e.value = {value!r}; e.dispatchEvent(new Event({event!r})); }})(document.getElementById('{field}'))"
    )


def click(page: Page, selector: str, n: int = 0) -> None:
    page.evaluate(f"document.querySelectorAll({selector!r})[{n}].click()")


def shown(page: Page) -> str:
    return page.evaluate("document.getElementById('shown').textContent")


@pytest.mark.parametrize("table", ["points", "matrix"])
def test_rows_that_the_script_draws_are_the_rows_that_were_written(page, table):
    """Markup for markup, so that readers with and without scripts see the same."""
    rows = f"[...document.querySelectorAll('table.{table} tbody tr')].map(r => r.innerHTML.replace(/\\s*style=\"width: ?/g, ' style=\"width:').replace(/%;?\"/g, '%\"'))"
    click(page, "#see-points")
    written = page.evaluate(rows)
    click(page, "#see-checks" if table == "matrix" else "#see-points")
    assert page.evaluate(rows) == written
    assert len(written) == ROWS


def test_search_finds_names_and_ids_in_any_case(page, klass):
    put(page, "search", "ANNA", "input")
    assert names(page) == [p.name for p in klass.learners if "Anna" in p.name]
    assert shown(page) == f"{len(names(page))} of {SIZE} learners"
    put(page, "search", "learner-00007", "input")
    assert names(page) == [klass.learners[7].name]
    put(page, "search", "nobody of that name", "input")
    assert (names(page), shown(page)) == ([], "Nobody fits.")


def test_a_filter_shows_those_and_only_those(page, klass):
    put(page, "filter", "full", "change")
    assert names(page) == [p.name for p in klass.learners if p.score.percent >= 100][:ROWS]
    put(page, "filter", "missing", "change")
    away = [p.name for p in klass.learners if any(e.status.value == "missing" for e in p.exercises)]
    assert shown(page) == f"{len(away)} of {SIZE} learners"


def test_a_click_on_a_head_sorts_and_a_second_one_turns_the_order(page, klass):
    click(page, ".sort", 1)
    best = sorted(klass.learners, key=lambda p: -p.score.points)
    assert names(page) == [p.name for p in best][:ROWS]
    assert (
        page.evaluate("document.querySelectorAll('table.points thead th')[1].getAttribute('aria-sort')") == "descending"
    )
    click(page, ".sort", 1)
    assert names(page)[0] == min(klass.learners, key=lambda p: p.score.points).name


def test_pages_hold_everybody_once(page, klass):
    seen = names(page)
    for _ in range(2):
        click(page, "#next")
        seen += names(page)
    assert seen == [p.name for p in klass.learners]
    assert page.evaluate("document.getElementById('place').textContent") == f"{2 * ROWS + 1}–{SIZE} of {SIZE}"
    assert page.evaluate("document.getElementById('next').disabled") is True


def test_who_gave_an_answer_is_shown_in_the_table(page, klass):
    found = analyse(klass).clusters[0]
    click(page, ".answers .who")
    by_id = {p.id: p.name for p in klass.learners}
    assert names(page) == [by_id[key] for key in found.learners]
    click(page, "#clear")
    assert shown(page) == f"{SIZE} of {SIZE} learners"


def test_who_did_not_pass_a_check_is_shown_in_the_table(page, klass):
    click(page, ".rates .who")
    wanted = [
        p.name
        for p in klass.learners
        if p.exercises[0].status.value == "graded"
        and p.exercises[0].checks[0].outcome.value in ("failed", "errored", "skipped")
    ]
    assert names(page) == wanted
