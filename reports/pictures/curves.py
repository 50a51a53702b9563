"""Draws lines over one pair of axes: theirs solid, the expected one dashed and on top of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reports.pictures.axes import HUGE, Frame, frame, span
from reports.pictures.figure import Context, Drawing, LegendEntry
from reports.pictures.svg import el, picture

WIDTH, HEIGHT = 360.0, 224.0
OTHERS = 5  # how many looks there are for lines of the role "other"


@dataclass(frozen=True)
class Look:
    """The CSS class of a line, and the shape of its marks: they differ without colour too."""

    css: str
    mark: str


@dataclass(frozen=True)
class Line:
    """One line with its look; None is a gap."""

    name: str
    points: tuple[tuple[float, float] | None, ...]
    look: Look
    marks: bool


def draw_curves(data: dict[str, Any], context: Context) -> tuple[tuple[Drawing, ...], tuple[LegendEntry, ...]]:
    """One chart and its legend."""
    lines = lines_of(data["series"], context)
    return (Drawing(chart(data, lines, context)),), legend(lines)


def lines_of(series: list[dict[str, Any]], context: Context) -> list[Line]:
    """The series as lines; the ones of role "other" take turns in their looks."""
    looks = _looks([s["role"] for s in series])
    return [
        Line(context.word(s["name"]), _points(s["x"], s["y"]), look, bool(s.get("marks")))
        for s, look in zip(series, looks, strict=True)
    ]


def _looks(roles: list[str]) -> list[Look]:
    marks = ("circle", "square", "triangle", "diamond", "cross")
    seen: Counter[str] = Counter()
    looks = []
    for role in roles:
        number = seen[role]
        seen[role] += 1
        shift = role == "expected"  # so that a mark of theirs is seen below one that was expected
        css = role if role in ("actual", "expected") else f"other o{number % OTHERS}"
        looks.append(Look(css, marks[(number + shift) % len(marks)]))
    return looks


def _points(xs: list[float | None], ys: list[float | None]) -> tuple[tuple[float, float] | None, ...]:
    return tuple(None if x is None or y is None else (_bounded(x), _bounded(y)) for x, y in zip(xs, ys, strict=True))


def _bounded(value: float) -> float:
    return max(-HUGE, min(HUGE, value))


def chart(data: dict[str, Any], lines: list[Line], context: Context) -> Markup:
    """The axes and the lines."""
    points = [p for line in lines for p in line.points if p is not None]
    axes = frame(
        span([x for x, _ in points]),
        span([y for _, y in points], pad=0.05),
        context.word(data["x_label"]),
        context.word(data["y_label"]),
        width=WIDTH,
        height=HEIGHT,
    )
    on_top = sorted(lines, key=lambda line: line.look.css == "expected")
    drawn = [_line(line, axes) for line in on_top]
    return picture(context.key, WIDTH, HEIGHT, context.title, context.description, axes.drawn, *drawn)


def _line(line: Line, axes: Frame) -> Markup:
    runs = _runs(line.points)
    placed = [[(axes.x(x), axes.y(y)) for x, y in run] for run in runs]
    path = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in run) for run in placed if len(run) > 1)
    marked = [p for run in placed for p in (run if line.marks or len(run) == 1 else ())]
    return el(
        "g",
        el("path", d=path, class_="line") if path else Markup(""),
        *(mark(line.look.mark, x, y) for x, y in marked),
        class_=f"series {line.look.css}",
    )


def _runs(points: tuple[tuple[float, float] | None, ...]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def mark(shape: str, x: float, y: float, r: float = 3.2) -> Markup:
    """A small sign at a point."""
    if shape == "circle":
        return el("circle", cx=x, cy=y, r=r, class_="mark")
    shapes: dict[str, list[tuple[float, float]]] = {
        "square": [(-1, -1), (1, -1), (1, 1), (-1, 1)],
        "triangle": [(0, -1.2), (1.1, 0.9), (-1.1, 0.9)],
        "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
        "cross": [(-1, -1), (0, 0), (1, -1), (0, 0), (1, 1), (0, 0), (-1, 1), (0, 0)],
    }
    path = "M" + "L".join(f"{x + a * r:.1f} {y + b * r:.1f}" for a, b in shapes[shape]) + "Z"
    return el("path", d=path, class_="mark")


def legend(lines: list[Line]) -> tuple[LegendEntry, ...]:
    """A sample of each line; the same name and look once."""
    entries = {(line.name, line.look): line for line in lines}
    return tuple(LegendEntry(sample(line.look, marks=line.marks), line.name) for line in entries.values())


def sample(look: Look, *, marks: bool) -> Markup:
    """A short piece of a line."""
    drawn = el("path", d="M1 7H31", class_="line")
    sign = mark(look.mark, 16, 7) if marks else Markup("")
    return el(
        "svg",
        el("g", drawn, sign, class_=f"series {look.css}"),
        viewBox="0 0 32 14",
        class_="sample",
        aria_hidden="true",
    )
