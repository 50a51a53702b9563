"""Times as platforms write them, as ISO 8601 with an offset."""

from __future__ import annotations

import re
import zoneinfo
from datetime import UTC, datetime, timedelta, timezone, tzinfo

_TIME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[T ](?P<clock>\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d{1,9}))?\s*(?P<zone>[A-Za-z/_]+|[+-]\d\d:?\d\d|)"
)
_HOURS = {  # the names of RFC 5322, and those of the east of Asia
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "KST": 9, "JST": 9,
    "CET": 1, "CEST": 2, "BST": 1,
}  # fmt: skip


def iso(text: str, bare: str = "") -> str:
    """``2015-02-02 15:58:23.948203 America/Los_Angeles`` as ``2015-02-02T15:58:23-08:00``; "" where it is no time.

    ``bare`` is the zone of a time that names none; without it such a time is "".
    """
    match = _TIME.fullmatch(text.strip())
    if not match:
        return ""
    zone = _zone(match["zone"] or bare)
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['clock']}")
        return moment.replace(tzinfo=zone).isoformat() if zone else ""
    except (ValueError, OverflowError):
        return ""


def _zone(name: str) -> tzinfo | None:
    if name.upper() in ("Z", "UTC", "GMT", "UCT"):
        return UTC
    if name[:1] in ("+", "-"):
        sign, digits = (-1 if name[0] == "-" else 1), name[1:].replace(":", "")
        away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(sign * away) if away < timedelta(days=1) else None
    if name in _HOURS:
        return timezone(timedelta(hours=_HOURS[name]))
    try:
        return zoneinfo.ZoneInfo(name) if "/" in name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None
