"""Reads ``policy.toml``: what is wrong is said with the file, the entry and the repair."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from grader.errors import AuthorError
from grader.policy.lateness import YEARS
from grader.policy.model import Extension, Late, Override, Policy

_MOST_BYTES = 10_000_000
_MOST = 1_000_000
_LATE = ("due", "grace_minutes", "percent_per_day", "at_most")
_FULL = 100
_FINEST = Decimal("0.000001")


@dataclass(frozen=True)
class Entry:
    """A table of the file, and where it stands."""

    path: Path
    data: dict[str, Any]
    name: str = ""

    def wrong(self, key: str, repair: str) -> AuthorError:
        """What to raise where an entry is wrong."""
        return AuthorError(f"{self.path}: {f'{self.name}.{key}' if self.name else key} {repair}")

    def only(self, *known: str) -> None:
        """Raises AuthorError where there is another entry: a slip of the pen must not change a grade in silence."""
        for key in self.data:
            if key not in known:
                raise self.wrong(key, f"is unknown here; known are: {', '.join(known)}")

    def table(self, key: str) -> Entry:
        """The table ``key``, empty where there is none."""
        found = self.data.get(key, {})
        if not isinstance(found, dict):
            raise self.wrong(key, "must be a table, as in [late]")
        return Entry(self.path, found, f"{self.name}.{key}" if self.name else key)

    def tables(self, key: str) -> list[Entry]:
        """All tables of that name."""
        found = self.data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.wrong(key, f"must be written as [[{key}]]")
        return [Entry(self.path, one, f"{key} {number}") for number, one in enumerate(found, 1)]

    def words(self, key: str, *, needed: bool = True) -> str:
        """One line or more, in quotation marks."""
        found = self.data.get(key, None if needed else "")
        if not isinstance(found, str) or (needed and not found.strip()):
            raise self.wrong(key, "is missing or no text; write it in quotation marks")
        return found.strip()

    def number(self, key: str, default: int = 0, most: int = _MOST) -> Fraction:
        """From 0 to ``most``."""
        found = self.data.get(key, default)
        good = isinstance(found, (int, Decimal)) and not isinstance(found, bool)
        if not good or not Decimal(found).is_finite() or not 0 <= found <= most:
            raise self.wrong(key, f"must be a number from 0 to {most}")
        exact = Decimal(found)
        if exact != exact.quantize(_FINEST):
            raise self.wrong(key, "must have at most six decimals")
        return Fraction(exact)

    def count(self, key: str, most: int = _MOST) -> int:
        """A whole number from 0."""
        found = self.number(key, most=most)
        if found.denominator != 1:
            raise self.wrong(key, "must be a whole number")
        return int(found)

    def moment(self, key: str, zone: tzinfo | None) -> datetime | date | None:
        """A date, or a date and time; None where it is not there."""
        found = self.data.get(key)
        if found is None:
            return None
        if not isinstance(found, date):
            raise self.wrong(key, "must be a date such as 2026-03-20 or 2026-03-20T23:59:00, without quotation marks")
        if found.year not in YEARS:
            raise self.wrong(key, f"must be a year from {YEARS[0]} to {YEARS[-1]}")
        if zone is None and not (isinstance(found, datetime) and found.tzinfo):
            raise self.wrong(key, 'needs a time zone: add timezone = "Asia/Seoul" (or yours) at the top of the file')
        return found

    def names(self, key: str, known: Callable[[str], bool], kind: str) -> tuple[str, ...]:
        """A list of names."""
        found = self.data.get(key, [])
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise self.wrong(key, f'must be a list of names of {kind}, as in ["rank"]')
        for one in found:
            if not known(one):
                raise self.wrong(key, f"names “{one}”, which the course does not have")
        return tuple(found)


def read_policy(path: Path, slugs: tuple[str, ...]) -> Policy:
    """The policy in ``path`` for a course that has the exercises ``slugs``. Raises AuthorError."""
    return policy_of(_text(path), path, slugs)


def policy_of(text: str, path: Path, slugs: tuple[str, ...]) -> Policy:
    """The policy that ``text`` says, as it stands or shall stand in ``path``. Raises AuthorError."""
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise AuthorError(f"{path} is not valid TOML: {str(error)[:300]}; mend that place") from error
    top = Entry(path, data)
    top.only("timezone", "late", "drop", "extra_credit", "extension", "override")
    zone = _zone(top)
    late = top.table("late")
    late.only(*_LATE, "exercises")
    for_all = _late(late, Late(), zone)
    drop, extra = top.table("drop"), top.table("extra_credit")
    drop.only("lowest")
    extra.only("exercises", "checks")
    return Policy(
        zone=zone,
        late=for_all,
        late_by_exercise=_late_by_exercise(late.table("exercises"), for_all, zone, slugs),
        extensions=tuple(_extension(one, zone, slugs) for one in top.tables("extension")),
        overrides=tuple(_override(one, slugs) for one in top.tables("override")),
        drop_lowest=drop.count("lowest", most=len(slugs)),
        extra_exercises=extra.names("exercises", lambda slug: slug in slugs, "exercises"),
        extra_checks=_extra_checks(extra.table("checks"), slugs),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise AuthorError(f"{path} is larger than {_MOST_BYTES:,} bytes; it should hold a policy only")
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise AuthorError(f"{path} cannot be read ({error.strerror}); make it a file that you may read") from error
    except UnicodeDecodeError as error:
        raise AuthorError(f"{path} is no text in UTF-8; save it as UTF-8") from error


def _zone(top: Entry) -> tzinfo | None:
    name = top.words("timezone", needed=False)
    if not name:
        return None
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError) as error:  # KeyError: no such zone
        raise top.wrong("timezone", f"is “{name}”, which is no time zone; write it as Asia/Seoul or UTC") from error


def _late(entry: Entry, default: Late, zone: tzinfo | None) -> Late:
    """What an entry says, over what holds for all."""
    said = entry.data
    return Late(
        due=entry.moment("due", zone) if "due" in said else default.due,
        grace_minutes=entry.count("grace_minutes") if "grace_minutes" in said else default.grace_minutes,
        percent_per_day=entry.number("percent_per_day", most=_FULL)
        if "percent_per_day" in said
        else default.percent_per_day,
        at_most=entry.number("at_most", most=_FULL) if "at_most" in said else default.at_most,
    )


def _late_by_exercise(entry: Entry, for_all: Late, zone: tzinfo | None, slugs: tuple[str, ...]) -> dict[str, Late]:
    entry.only(*slugs)
    found = {slug: entry.table(slug) for slug in entry.data}
    for one in found.values():
        one.only(*_LATE)
    return {slug: _late(one, for_all, zone) for slug, one in found.items()}


def _extension(entry: Entry, zone: tzinfo | None, slugs: tuple[str, ...]) -> Extension:
    entry.only("learner", "exercise", "days", "due", "reason")
    if ("days" in entry.data) == ("due" in entry.data):
        raise entry.wrong("days", "or due must be there, and not both")
    due = entry.moment("due", zone)
    return Extension(entry.words("learner"), _slug(entry, slugs, needed=False), entry.count("days", most=3660), due)


def _override(entry: Entry, slugs: tuple[str, ...]) -> Override:
    entry.only("learner", "exercise", "check", "points", "reason", "author", "written")
    if "points" not in entry.data:
        raise entry.wrong("points", "is missing; write how many there shall be")
    return Override(
        learner=entry.words("learner"),
        exercise=_slug(entry, slugs, needed=True),
        points=entry.number("points"),
        reason=entry.words("reason"),
        author=entry.words("author"),
        check=entry.words("check", needed=False),
        written=str(entry.data.get("written", "")),
    )


def _slug(entry: Entry, slugs: tuple[str, ...], *, needed: bool) -> str:
    slug = entry.words("exercise", needed=needed)
    if slug and slug not in slugs:
        raise entry.wrong("exercise", f"is “{slug}”, which the course does not have; it has: {', '.join(slugs)}")
    return slug


def _extra_checks(entry: Entry, slugs: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    entry.only(*slugs)
    return {slug: entry.names(slug, bool, "checks") for slug in entry.data}
