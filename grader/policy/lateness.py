"""When work is late, and by how many days.

A deadline is the moment ``due`` plus the grace. Work that comes until then is in time; until the same time of day a day later
it is one day late, and so on: days as a calendar has them, in the course's time zone, also where a clock is put forward or
back. Where a clock shows the deadline twice, or never, the later moment counts.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

MOST_DAYS = 366  # later than that is no later
YEARS = range(1990, 2200)  # others are no time of a course, and some cannot be reckoned with


def moment_of(submitted_at: str) -> datetime | None:
    """The moment that ISO 8601 with its offset names; None for anything else."""
    try:
        moment = datetime.fromisoformat(submitted_at)
    except ValueError:
        return None
    return moment if moment.utcoffset() is not None and moment.year in YEARS else None


def deadline(due: datetime | date, days: int, zone: tzinfo | None) -> datetime:
    """The last moment, ``days`` days after ``due``; a date is meant to its end."""
    if not isinstance(due, datetime):
        due = datetime.combine(due, time.max)
    if due.tzinfo is not None and zone is not None:
        due = due.astimezone(zone)
    local = due.replace(tzinfo=due.tzinfo or zone) + timedelta(days=days)  # the same time of day
    return max(local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))


def days_late(moment: datetime, due: datetime | date, grace: timedelta, zone: tzinfo | None) -> int:
    """0 in time, 1 up to a day late, ..."""
    for days in range(MOST_DAYS):
        if moment <= deadline(due, days, zone) + grace:
            return days
    return MOST_DAYS


def shown(moment: datetime, zone: tzinfo | None) -> str:
    """For a sentence: in the course's zone where there is one, to the minute."""
    local = moment.astimezone(zone) if zone else moment
    return f"{local:%Y-%m-%d %H:%M} ({getattr(zone, 'key', None) or local.tzname()})"
