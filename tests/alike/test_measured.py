"""The figures of docs/similarity.md hold: no false alarm among right answers by different people, nearly all made copies found."""

from __future__ import annotations

import pytest

from tests.alike.measure import CHANGES, measure


@pytest.fixture(scope="module")
def measured():
    return measure(("right",))


def test_right_answers_by_different_people_are_not_listed(measured):
    assert measured.honest_pairs >= 150
    assert measured.false_alarms == []


@pytest.mark.parametrize("change", list(CHANGES))
def test_nearly_every_copy_is_found_whatever_was_done_to_it(measured, change):
    assert measured.tried[change] >= 50
    assert measured.found[change] >= 0.95 * measured.tried[change]
