"""Days as a calendar has them: in the course's zone, across clocks put forward and back, in favour of the learner."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.policy.lateness import MOST_DAYS, days_late, deadline, moment_of

BERLIN, SEOUL = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Seoul")
EVENING = datetime(2026, 3, 20, 23, 59)  # noqa: DTZ001 - a deadline as people write it


@pytest.mark.parametrize(
    ("came", "days"),
    [
        ("2026-03-20T23:59:00+09:00", 0),
        ("2026-03-20T23:59:01+09:00", 1),
        ("2026-03-20T14:59:00Z", 0),  # the same moment, said elsewhere
        ("2026-03-20T14:59:01+00:00", 1),
        ("2026-03-21T23:59:00+09:00", 1),
        ("2026-03-21T23:59:01+09:00", 2),
        ("2026-01-01T00:00:00+09:00", 0),
        ("2036-01-01T00:00:00+09:00", MOST_DAYS),
    ],
)
def test_a_day_ends_at_the_deadline_s_time_of_day(came, days):
    assert days_late(moment_of(came), EVENING, timedelta(), SEOUL) == days


@pytest.mark.parametrize(
    ("came", "days"),
    [("2026-03-21T00:14:00+09:00", 0), ("2026-03-21T00:14:01+09:00", 1), ("2026-03-22T00:14:00+09:00", 1)],
)
def test_grace_comes_before_the_first_day_and_after_each(came, days):
    assert days_late(moment_of(came), EVENING, timedelta(minutes=15), SEOUL) == days


@pytest.mark.parametrize(
    ("due", "came", "days"),
    [  # the clock goes back on 2026-10-25: that day has 25 hours; forward on 2026-03-29: 23 hours
        ("2026-10-24T23:59", "2026-10-25T23:59:00+01:00", 1),
        ("2026-10-24T23:59", "2026-10-25T23:59:01+01:00", 2),
        ("2026-03-28T23:59", "2026-03-29T23:59:00+02:00", 1),
        ("2026-03-28T23:59", "2026-03-29T23:59:01+02:00", 2),
        ("2026-10-25T02:30", "2026-10-25T02:30:00+01:00", 0),  # shown twice: the second one counts
        ("2026-03-29T02:30", "2026-03-29T03:30:00+02:00", 0),  # never shown
        ("2026-03-29T02:30", "2026-03-29T03:30:01+02:00", 1),
    ],
)
def test_a_clock_that_is_put_forward_or_back_costs_nobody_an_hour(due, came, days):
    assert days_late(moment_of(came), datetime.fromisoformat(due), timedelta(), BERLIN) == days


def test_a_date_is_meant_to_its_end():
    for came, days in (("2026-03-20T23:59:59+09:00", 0), ("2026-03-21T00:00:00+09:00", 1)):
        assert days_late(moment_of(came), date(2026, 3, 20), timedelta(), SEOUL) == days


def test_a_deadline_that_says_its_own_offset_needs_no_zone_and_keeps_to_one_where_there_is():
    due = datetime.fromisoformat("2026-10-24T21:59:00+00:00")
    assert days_late(moment_of("2026-10-25T22:59:00+00:00"), due, timedelta(), BERLIN) == 1
    assert days_late(moment_of("2026-10-25T22:59:00+00:00"), due, timedelta(), None) == 2


@pytest.mark.parametrize(
    "words", ["", "yesterday", "2026-03-20", "2026-03-20T10:00:00", "2026-13-01T00:00:00Z", "9999-12-31T23:59:59-09:00"]
)
def test_a_time_without_its_offset_is_no_moment(words):
    assert moment_of(words) is None


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001
ZONES = st.sampled_from([BERLIN, SEOUL, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")])


@given(MOMENTS, MOMENTS, st.integers(0, 600), ZONES, st.integers(0, 5000))
def test_who_hands_in_later_is_never_less_late_and_deadlines_only_move_on(due, came, grace, zone, seconds):
    moment, wait = came.replace(tzinfo=UTC), timedelta(minutes=grace)
    days = days_late(moment, due, wait, zone)
    assert days <= days_late(moment + timedelta(seconds=seconds), due, wait, zone)
    assert days_late(moment, due, wait + timedelta(minutes=1), zone) <= days
    assert deadline(due, 0, zone) < deadline(due, 1, zone) < deadline(due, 2, zone)
    if 0 < days < MOST_DAYS:
        assert deadline(due, days - 1, zone) + wait < moment <= deadline(due, days, zone) + wait
