"""Learner ids are unique and safe as file names everywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.intake.identity import learner_id, unique_ids


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kim", "kim"),
        ("Kim Yeong-hee", "Kim-Yeong-hee"),
        ("김영희", "김영희"),
        (unicodedata.normalize("NFD", "김영희"), "김영희"),
        ("../../etc/passwd", "etc-passwd"),
        ("a<b>&\"'", "a-b"),
        ("CON", "CON-learner"),
        ("nul", "nul-learner"),
        ("", "learner"),
        ("...", "learner"),
        ("\u202e\x00", "learner"),
        ("x" * 500, "x" * 60),
        ("kim_2", "kim_2"),
    ],
)
def test_what_is_kept_of_a_name(name: str, expected: str) -> None:
    assert learner_id(name) == expected


def test_namesakes_get_numbers_in_order() -> None:
    assert unique_ids(["kim", "lee", "kim", "KIM"]) == ["kim", "lee", "kim-2", "KIM-3"]


def test_a_number_that_is_taken_is_not_given_again() -> None:
    assert unique_ids(["kim", "kim-2", "kim"]) == ["kim", "kim-2", "kim-3"]


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_names_give_unique_safe_ids(names: list[str]) -> None:
    ids = unique_ids(names)
    assert len({one.casefold() for one in ids}) == len(names)
    for one in ids:
        assert one
        assert len(f"{one}.html".encode()) < 255
        assert all(c.isalnum() or c in "-_" for c in one)
        assert one == unicodedata.normalize("NFC", one)
