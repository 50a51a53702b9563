"""Draws rows of marks over one scale: what is typical, what is far out, what was first and what last."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from reports.pictures.axes import Scale, labels, ticks
from reports.pictures.curves import mark
from reports.pictures.figure import LegendEntry
from reports.pictures.svg import el, picture

WIDTH, LEFT, RIGHT = 760.0, 220.0, 24.0
ROW, TOP, BOTTOM = 24.0, 8.0, 40.0
SHAPES = ("circle", "diamond", "cross")
LETTER = 6.3  # width of a letter of a name; wide scripts take two
STRETCH = 30.0  # times the smallest middle: beyond, the scale goes by powers of ten


@dataclass(frozen=True)
class Row:
    """A name, and a value for each kind of mark."""

    name: str
    values: tuple[float, ...]


def dots(key: str, rows: Sequence[Row], kinds: Sequence[str], title: str, unit: str, largest: float = 0.0) -> Markup:
    """Marks of each row, joined by a line; ``largest``: how far the scale goes at least, from nothing."""
    height = TOP + len(rows) * ROW + BOTTOM
    place, at, words = _scale(rows, largest)
    bottom = TOP + len(rows) * ROW
    grid = [el("path", d=f"M{place(v):.1f} {TOP}V{bottom:.1f}", class_="grid") for v in at]
    under = [el("text", w, x=place(v), y=bottom + 15, class_="tick mid") for v, w in zip(at, words, strict=True)]
    drawn = [_row(row, kinds, TOP + (n + 0.5) * ROW, place) for n, row in enumerate(rows)]
    label = el("text", unit, x=(LEFT + WIDTH - RIGHT) / 2, y=height - 6, class_="label mid")
    return picture(key, WIDTH, height, title, _in_words(rows, kinds, unit), *grid, *under, label, *drawn)


class _Powers:
    """A scale by powers of ten."""

    def __init__(self, low: float, high: float) -> None:
        self._low = low
        self._scale = Scale(math.log10(low), math.log10(high), LEFT, WIDTH - RIGHT)

    def __call__(self, value: float) -> float:
        return self._scale(math.log10(max(value, self._low)))


def _scale(rows: Sequence[Row], largest: float) -> tuple[Scale | _Powers, list[float], list[str]]:
    values = [v for row in rows for v in row.values]
    high = max([largest, *values]) or 1.0
    low = min((row.values[0] for row in rows if row.values[0] > 0), default=high)
    if largest or high / low <= STRETCH:
        at = ticks(0.0, high)
        return Scale(0.0, high, LEFT, WIDTH - RIGHT), at, labels(at)
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    at = [10.0**n for n in range(first, last + 1)]
    return _Powers(at[0], at[-1]), at, [f"{v:g}" for v in at]


def _row(row: Row, kinds: Sequence[str], y: float, place: Scale | _Powers) -> Markup:
    ends = [place(v) for v in row.values]
    line = el("path", d=f"M{min(ends):.1f} {y:.1f}H{max(ends):.1f}", class_="line")
    marks = [
        el("g", el("title", f"{row.name}, {kind}: {value:.4g}"), mark(shape, x, y, 4.2))
        for kind, value, shape, x in zip(kinds, row.values, SHAPES, ends, strict=False)
    ]
    name = el("text", _fitting(row.name), x=LEFT - 12, y=y + 4, class_="end")
    return name + el("g", line, *marks, class_="series dots")


def _fitting(name: str) -> str:
    room, kept = LEFT - 20, ""
    for char in name:
        room -= LETTER if char.isascii() else 1.8 * LETTER
        if room < 0:
            return f"{kept.rstrip()}…"
        kept += char
    return name


def legend(kinds: Sequence[str]) -> tuple[LegendEntry, ...]:
    """A sample of each mark."""
    return tuple(LegendEntry(_sample(shape), kind) for kind, shape in zip(kinds, SHAPES, strict=False))


def _sample(shape: str) -> Markup:
    drawn = el("g", mark(shape, 16, 7, 4.2), class_="series dots")
    return el("svg", drawn, viewBox="0 0 32 14", class_="sample", aria_hidden="true")


def _in_words(rows: Sequence[Row], kinds: Sequence[str], unit: str) -> str:
    told = [f"{r.name}: {', '.join(f'{k} {v:.4g}' for k, v in zip(kinds, r.values, strict=False))}" for r in rows]
    return f"{unit}. {'; '.join(told)}."
