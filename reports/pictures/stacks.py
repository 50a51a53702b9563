"""Draws lengths that are made of parts, one below the other: what each is made of, and how long it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.text import say
from reports.pictures.figure import LegendEntry
from reports.pictures.svg import el, picture

WIDTH, LEFT, RIGHT = 760.0, 130.0, 60.0
ROW, BAR, TOP = 30.0, 20.0, 8.0
LETTER = 6.6  # width of a letter at the size of the words in a part; wide scripts take two
NAME_LETTERS = 18


@dataclass(frozen=True)
class Stack:
    """A bar: its name, and its parts in the order of all kinds."""

    name: str
    parts: tuple[float, ...]


def stacks(key: str, bars: Sequence[Stack], kinds: Sequence[str], title: str, lang: str) -> Markup:
    """Bars over one scale, in seconds. A part that is wide enough says its kind; all are in the description."""
    longest = max((sum(b.parts) for b in bars), default=0.0) or 1.0
    scale = (WIDTH - LEFT - RIGHT) / longest
    rows = [_row(bar, kinds, TOP + n * ROW, scale) for n, bar in enumerate(bars)]
    return picture(key, WIDTH, TOP + len(bars) * ROW, title, _in_words(bars, kinds, lang), *rows)


def legend(kinds: Sequence[str]) -> tuple[LegendEntry, ...]:
    """A sample of each kind, in the order in which they stand in a bar."""
    return tuple(LegendEntry(_sample(n), kind) for n, kind in enumerate(kinds))


def _sample(number: int) -> Markup:
    block = el("rect", x=1.0, y=1.0, width=30.0, height=12.0, class_=f"part k{number}")
    return el("svg", block, viewBox="0 0 32 14", class_="sample", aria_hidden="true")


def _row(bar: Stack, kinds: Sequence[str], y: float, scale: float) -> Markup:
    x, drawn = LEFT, []
    for number, (kind, seconds) in enumerate(zip(kinds, bar.parts, strict=True)):
        width = seconds * scale
        drawn.append(_part(kind, seconds, number, x, y, width))
        x += width
    name = bar.name if len(bar.name) <= NAME_LETTERS else bar.name[: NAME_LETTERS - 1] + "…"
    total = el("text", f"{sum(bar.parts):.1f}", x=x + 6, y=y + 14.5, class_="count")
    return Markup("").join([el("text", name, x=LEFT - 8, y=y + 14.5, class_="end"), *drawn, total])


def _part(kind: str, seconds: float, number: int, x: float, y: float, width: float) -> Markup:
    if not seconds:
        return Markup("")
    block = el(
        "rect", el("title", f"{kind}: {seconds:.2f}"), x=x, y=y, width=width, height=BAR, class_=f"part k{number}"
    )
    if _width(kind) + 8 > width:
        return block
    return block + el("text", kind, x=x + width / 2, y=y + 14, class_="mid")


def _width(word: str) -> float:
    return LETTER * sum(1 if c.isascii() else 2 for c in word)


def _in_words(bars: Sequence[Stack], kinds: Sequence[str], lang: str) -> str:
    lines = [f"{b.name}: {', '.join(_parts(b, kinds))}" for b in bars]
    return say("Seconds of wall time. {lines}.", lines="; ".join(lines)).in_language(lang)


def _parts(bar: Stack, kinds: Sequence[str]) -> list[str]:
    return [f"{kind} {seconds:.2f}" for kind, seconds in zip(kinds, bar.parts, strict=True) if seconds]
