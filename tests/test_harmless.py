"""Words of learners made fit to be shown: nothing that steers a terminal, turns the line, hides, or commands a service."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.harmless import escaped, harmless, no_command, on_one_line

UNHURRIED = settings(deadline=None, max_examples=300)
ANYTHING = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("\x1b[]\\;:#_0123mHJ\x07\r\n\x9b\u200d\u202e\u0301a👩"))
)
SEEN_FORMATS = set("\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("\x1b]8;;http://x\x07click\x1b]8;;\x07", "click"),
        ("\x1b]52;c;cm0gLXJm\x07pasted", "pasted"),
        ("\x1b[2J\x1b[H\x1b[3Aup", "up"),
        ("\x1bPq#0;2;0;0;0~\x1b\\sixel", "sixel"),
        ("\x1b\x1b[31m[31mnested", "\\x1b[31mnested"),
        ("\x1b]0;never ended", "0;never ended"),
        ("a\u200bb\u2060c\ufeffd\xade", "a\\u200bb\\u2060c\\ufeffd\\xade"),
        ("a\u2028b\u2029c\x85d", "a\\u2028b\\u2029c\\x85d"),
        ("\u3164\u115f\uffa0", "\\u3164\\u115f\\uffa0"),
        ("a\u200db", "a\\u200db"),
        ("\u200c\u200c", "\\u200c\\u200c"),
        ("\U000e0041", "\\U000e0041"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d👩\u200d👧 ✔\ufe0f", "👩\u200d👩\u200d👧 ✔\ufe0f"),
        ("Nguyễn, שָׁלוֹם, ที่นี่, 김영희", "Nguyễn, שָׁלוֹם, ที่นี่, 김영희"),
        ("e" + "\u0301" * 500, "e" + "\u0301" * 4 + "…"),
        ("a" + "\u20dd" * 3 + "b", "a" + "\u20dd" * 3 + "b"),
        ("§§§§§§§§", "§§§§§§§§"),
    ],
)
def test_what_is_shown(raw, shown):
    assert harmless(raw) == shown


@UNHURRIED
@given(ANYTHING)
def test_whatever_it_was_nothing_in_it_steers_turns_or_hides(raw):
    shown = harmless(raw)
    strange = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")} - {"\t", "\n"}
    assert strange <= SEEN_FORMATS
    assert "\n" not in on_one_line(raw)
    shown.encode()


@UNHURRIED
@given(
    st.text(
        st.characters(categories=["L", "N", "P", "S", "Zs"], exclude_characters="\u3164\u115f\u1160\uffa0\ufffc\ufffd")
    )
)
def test_what_can_be_seen_stays_as_it_is(text):
    assert harmless(text) == text


@pytest.mark.parametrize(
    ("log", "shown"),
    [
        ("::error file=x::y", ": :error file=x::y"),
        ("ok\n   ::set-output name=a::b", "ok\n   : :set-output name=a::b"),
        ("\r::stop-commands::t", "\r: :stop-commands::t"),
        ("\x1b[31m::add-mask::a", "\x1b[31m: :add-mask::a"),
        ("\u3000::debug::x", "\u3000: :debug::x"),
        ("see ##[error]x", "see # #[error]x"),
        ("##VSO[task.setvariable]x", "# #VSO[task.setvariable]x"),
        ("##teamcity[x]", "# #teamcity[x]"),
        ("section_start:1:x", "section start:1:x"),
        ("std::vector and a[::2] ## Heading section_one", "std::vector and a[::2] ## Heading section_one"),
    ],
)
def test_no_command_of_a_service_is_left(log, shown):
    assert no_command(log) == shown


@UNHURRIED
@given(st.lists(ANYTHING, max_size=4))
def test_json_means_the_same_and_shows_everything(words):
    text = escaped(json.dumps(words, ensure_ascii=False))
    assert json.loads(text.encode()) == json.loads(json.dumps(words))
    assert harmless(text) == text
    assert "##[" not in text
