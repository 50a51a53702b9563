"""What learners named can be shown in a message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.shown import MOST_MESSAGES, first_few, listed, shown, size
from grader.text import Text, say


@given(st.text())
def test_any_name_becomes_one_line_without_controls(name: str) -> None:
    clean = shown(name)
    assert len(clean) <= 121
    assert clean.isprintable() or all(c.isprintable() or c == "\N{NO-BREAK SPACE}" or c.isspace() for c in clean)
    assert not set(clean) & set("\n\r\x1b\u202e\u2066\x00\u2028")


def test_the_end_of_a_long_name_stays() -> None:
    assert shown("a" * 500 + ".ipynb").endswith("aa.ipynb")


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 kB"), (1500, "1.5 kB"), (300_000_000, "300 MB"), (20_000_000, "20 MB"), (4_000_000_000, "4,000 MB")],
)
def test_sizes(count: int, text: str) -> None:
    assert size(count) == text


def test_braces_in_a_name_are_only_braces() -> None:
    assert say("{file} is empty.", file=shown("{evil} {0.__class__}.py")).en == "{evil} {0.__class__}.py is empty."


def test_a_long_list_says_how_many_more() -> None:
    assert listed(list("abcdefg")).en == "a, b, c, d, e, and 2 more"


def test_a_flood_of_messages_is_cut() -> None:
    texts = [Text.same(str(i)) for i in range(1000)]
    assert len(first_few(texts + texts)) == MOST_MESSAGES + 1
    assert "950" in first_few(texts)[-1].en
