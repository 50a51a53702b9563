"""One attack: a file as a cheating or careless learner would hand it in, and its header of what must come of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from grader.engine.tiers import Tier

FOLDER = Path(__file__).parent / "attacks"
GROUPS = {
    "reading": "reads what is not its own",
    "writing": "writes where nothing of its own is",
    "network": "talks to somebody",
    "processes": "sees, signals or looks into other processes",
    "limits": "uses up time, memory, disk, processes or output",
    "leaving": "ends early, or acts later",
    "forging": "forges answers, messages or verdicts",
    "patching": "patches what it believes to be judged by",
    "values": "answers with values that do harm",
    "models": "answers with models that do harm or claim too much",
    "showing": "prints or names what a reader's browser, terminal or spreadsheet would run",
}
BEGIN, END = "# /// attack", "# ///"


class BadHeader(Exception):
    """An attack's header says something that the runner does not know."""


@dataclass(frozen=True)
class Expected:
    """What must come of an attack in one tier."""

    points: int | str = 0  # or "all", where its answers are honestly right
    says: tuple[str, ...] = ()  # parts of English sentences that the learner must be told
    limit: str = ""  # that must be named, and then what it ``says`` ...
    or_limit: str = ""  # ... or this one, which a slower machine reaches first
    broke: bool = False  # this tier does not stop it ...
    reason: str = ""  # ... since
    run: bool = True  # False: it is not run there at all, as it would hurt the machine; counts as not stopped


@dataclass(frozen=True)
class Attack:
    """One file."""

    group: str
    name: str
    title: str
    source: str  # with tokens
    exercise: str = "rank"
    tiers: Mapping[Tier, Expected] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """``group/name``."""
        return f"{self.group}/{self.name}"

    def expected(self, tier: Tier) -> Expected:
        """In one tier."""
        return self.tiers[tier]


def read(path: Path) -> Attack:
    """The attack in a file. Raises BadHeader."""
    source = path.read_text(encoding="utf-8")
    try:
        header = tomllib.loads(_header(source))
        return _attack(path, source, header)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadHeader(f"{path}: {error}") from error


def _header(source: str) -> str:
    lines = source.splitlines()
    if BEGIN not in lines:
        raise ValueError(f"no line {BEGIN!r}")
    begin = lines.index(BEGIN) + 1
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines[begin : lines.index(END, begin)])


def _attack(path: Path, source: str, header: dict[str, Any]) -> Attack:
    group = path.parent.name
    if group not in GROUPS:
        raise ValueError(f"no group is called {group}; see GROUPS in attack.py")
    title, exercise = header.pop("title"), header.pop("exercise", "rank")
    by_tier = header.pop("tier", {})
    unknown = set(by_tier) - {t.value for t in Tier}
    if unknown:
        raise ValueError(f"no tier is called {', '.join(unknown)}")
    tiers = {tier: _expected({**header, **by_tier.get(tier.value, {})}) for tier in Tier}
    return Attack(group, path.stem, title, source, exercise, tiers)


def _expected(entries: dict[str, Any]) -> Expected:
    known = {f.name for f in fields(Expected)}
    if unknown := set(entries) - known:
        raise ValueError(
            f"unknown: {', '.join(sorted(unknown))}; known: title, exercise, tier, {', '.join(sorted(known))}"
        )
    made = Expected(**{**entries, "says": tuple(entries.get("says", ()))})
    if (made.broke or not made.run) and not made.reason:
        raise ValueError("broke = true and run = false need a reason, which goes into the table")
    if not isinstance(made.points, int) and made.points != "all":
        raise ValueError('points is a number or "all"')
    return made


def every() -> tuple[Attack, ...]:
    """All of them, in the order of groups and names."""
    order = list(GROUPS)
    paths = sorted(FOLDER.glob("*/*.py"), key=lambda p: (order.index(p.parent.name), p.stem))
    return tuple(read(p) for p in paths)


def called(name: str) -> Attack:
    """The one called ``name`` or ``group/name``. Raises KeyError."""
    found = [a for a in every() if name in (a.name, a.id)]
    if len(found) != 1:
        raise KeyError(f"{len(found)} attacks are called {name}")
    return found[0]
