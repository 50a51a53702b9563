"""Words of learners are shown as words, whatever they are made of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.grades import ClassGrade, LearnerGrade
from reports.class_page import class_page
from reports.learner_page import learner_page
from reports.pages import Pages
from reports.plain import clean, columns, cut, head_and_tail
from tests.reports.conftest import page_of
from tests.reports.html_reader import read
from tests.reports.sample_class import BY_SLUG, CAPSULE, graded
from tests.reports.sample_course import COURSE
from tests.reports.sample_findings import IMAGE, SCRIPT

UNHURRIED = settings(deadline=None, max_examples=60)  # the machine may be busy
PAGES = Pages()


def test_markup_in_names_answers_and_output_is_shown_as_it_was_typed(english):
    page = page_of(english, "script-oneil")
    assert page.one("h1").text == f"{SCRIPT} O'Neil & Söhne"
    assert any(SCRIPT in pre.text for pre in page.all("pre"))
    assert any(IMAGE in call.text for call in page.all("code"))
    assert not page.all("img")
    assert SCRIPT not in page.source


def test_terminal_codes_are_gone_and_invisible_marks_are_spelt_out(english):
    page = page_of(english, "script-oneil")
    for hidden in ("\x1b", "\u202e", "\x00", "\x07"):
        assert hidden not in page.source
    assert "red \\u202edesrever\\u202c\\x00" in page.text


def test_a_name_cannot_turn_the_direction_of_what_stands_around_it(english):
    page = page_of(english, "omar-khaled")
    assert page.one("h1").one("bdi").text == "عمر \\u202eخالد"


def test_output_of_megabytes_is_cut_in_the_middle_and_says_so(english):
    page = page_of(english, "seoyeon-lee")
    output = next(d for d in page.all("details", "output") if "5.2 MB" in d.text)
    assert "Epoch 1/4000" in output.text
    assert "Epoch 1199/4000" in output.text
    assert "The middle is left out here." in output.text
    assert len(output.text) < 21_000


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b[1;31mbold\x1b[0m", "bold"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("tab\there", "tab\there"),
        ("\x07", "\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("\u2066x\u2069", "\\u2066x\\u2069"),
        ("\ud83d", "\\ud83d"),
        ("한국어 👩‍👩‍👧", "한국어 👩‍👩‍👧"),
    ],
)
def test_clean(raw, shown):
    assert clean(raw) == shown


def test_cut_keeps_head_and_tail():
    text = "\n".join(str(n) for n in range(1000))
    assert cut("short", 100) == "short"
    assert cut(text, 100).startswith("0\n1\n")
    assert cut(text, 100).endswith("\n999")
    assert len(cut(text, 100)) <= 104


@UNHURRIED
@given(st.text(max_size=300), st.integers(3, 100))
def test_head_and_tail_are_parts_of_the_text_and_never_longer(text, limit):
    head, tail = head_and_tail(text, limit)
    assert text.startswith(head)
    assert text.endswith(tail)
    assert len(head) + len(tail) <= max(limit, 0)


def test_columns_count_korean_syllables_twice():
    assert columns("ab\n한국") == 4


@UNHURRIED
@given(st.text(st.characters(codec=None), max_size=60))
def test_no_name_breaks_a_page(name):
    """Whatever a name is made of, the page stays well-formed, can be written, and is all there."""
    klass = ClassGrade(COURSE, CAPSULE, (LearnerGrade("a", name, (graded(BY_SLUG["rank"]),)),))
    learner = PAGES.render("learner.html", learner_page(klass, klass.learners[0], "en"))
    index = PAGES.render("class.html", class_page(klass, "ko"))
    for source in (learner, index):
        assert len(read(source.encode().decode()).all("main")) == 1
    assert "Counts axes, not elements" in learner
