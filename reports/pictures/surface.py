"""Draws a function of two inputs as bands of colour, the border between the classes, and the points on it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from markupsafe import Markup

from grader.text import say
from reports.pictures.axes import Frame, Scale, frame
from reports.pictures.contour import Point, lines, regions
from reports.pictures.curves import Look, sample
from reports.pictures.figure import Context, Drawing, LegendEntry
from reports.pictures.svg import el, picture

WIDTH, HEIGHT = 360.0, 320.0
LEVELS = (0.1, 0.3, 0.5, 0.7, 0.9)
BAR = 52.0  # room for the scale of colours


def draw_surface(data: dict[str, Any], context: Context) -> tuple[tuple[Drawing, ...], tuple[LegendEntry, ...]]:
    """The surface with its scale of colours. ``z`` has a row for each y, from the first y on."""
    x, y, z = data["x"], data["y"], data["z"]
    axes = frame(
        (x[0], x[-1]),
        (y[0], y[-1]),
        context.word(data["x_label"]),
        context.word(data["y_label"]),
        width=WIDTH,
        height=HEIGHT,
        right=BAR,
    )
    heights = [[0.5 if v is None else v for v in row] for row in z]
    drawn = [
        axes.drawn,  # below the bands, which cover its grid
        _backdrop(axes),
        *(_band(n, regions(heights, level), x, y, axes) for n, level in enumerate(LEVELS, 1)),
        *(el("path", d=_path(line, x, y, axes), class_="border") for line in lines(heights, 0.5)),
        *(_point(p, axes) for p in data["points"]),
        _colours(axes),
    ]
    svg = picture(context.key, WIDTH, HEIGHT, context.title, context.description, *drawn)
    return (Drawing(svg),), _legend(context.lang)


def _backdrop(axes: Frame) -> Markup:
    return el(
        "rect",
        x=axes.x.start,
        y=axes.y.end,
        width=axes.x.end - axes.x.start,
        height=axes.y.start - axes.y.end,
        class_="band b0",
    )


def _band(number: int, rings: list[list[Point]], x: list[float], y: list[float], axes: Frame) -> Markup:
    path = "".join(_path(ring, x, y, axes) + "Z" for ring in rings)
    return el("path", d=path, class_=f"band b{number}", fill_rule="evenodd") if path else Markup("")


def _path(points: list[Point], x: list[float], y: list[float], axes: Frame) -> str:
    return "M" + "L".join(f"{axes.x(_at(x, c)):.1f} {axes.y(_at(y, r)):.1f}" for c, r in points)


def _at(values: list[float], place: float) -> float:
    """The value at a place between two of the grid."""
    below = min(int(place), len(values) - 2)
    return values[below] + (place - below) * (values[below + 1] - values[below])


def _point(point: dict[str, Any], axes: Frame) -> Markup:
    """Class 0 a circle, class 1 a square, each with its number in it."""
    x, y, one = axes.x(point["x"]), axes.y(point["y"]), point["label"] == 1
    shape = el("rect", x=x - 8, y=y - 8, width=16.0, height=16.0, rx=2) if one else el("circle", cx=x, cy=y, r=9.0)
    return el("g", shape, el("text", str(point["label"]), x=x, y=y + 3.8, class_="mid"), class_=f"point p{int(one)}")


def _colours(axes: Frame) -> Markup:
    scale = Scale(0, 1, axes.y.start, axes.y.end)
    left = axes.x.end + 14
    stops = (0.0, *LEVELS, 1.0)
    boxes = [
        el("rect", x=left, y=scale(b), width=12.0, height=scale(a) - scale(b), class_=f"band b{n}")
        for n, (a, b) in enumerate(pairwise(stops))
    ]
    words = [el("text", f"{v:g}", x=left + 17, y=scale(v) + 3.5, class_="tick") for v in stops]
    return Markup("").join([*boxes, *words])


def _legend(lang: str) -> tuple[LegendEntry, ...]:
    border = sample(Look("border-sample", "circle"), marks=False)
    return (LegendEntry(border, say("border between the classes, at 0.5").in_language(lang)),)
