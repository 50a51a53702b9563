"""Draws how values are distributed: theirs filled, the expected one as a dashed outline."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from grader.text import say
from reports.pictures.axes import Frame, frame
from reports.pictures.curves import HEIGHT, WIDTH
from reports.pictures.figure import Context, Drawing, LegendEntry
from reports.pictures.svg import el, picture


def draw_histogram(data: dict[str, Any], context: Context) -> tuple[tuple[Drawing, ...], tuple[LegendEntry, ...]]:
    """One chart of outlines over common bins."""
    edges, series = data["edges"], data["series"]
    highest = max((c for s in series for c in s["counts"]), default=0)
    count = say("count").in_language(context.lang)
    axes = frame(
        (edges[0], edges[-1]),
        (0, 1.08 * highest or 1),
        context.word(data["x_label"]),
        count,
        width=WIDTH,
        height=HEIGHT,
    )
    looks = _looks([s["role"] for s in series])
    pairs = sorted(zip(series, looks, strict=True), key=lambda pair: pair[1] == "expected")
    drawn = [_outline(edges, s["counts"], look, axes) for s, look in pairs]
    svg = picture(context.key, WIDTH, HEIGHT, context.title, context.description, axes.drawn, *drawn)
    entries = tuple(LegendEntry(_sample(look), context.word(s["name"])) for s, look in zip(series, looks, strict=True))
    return (Drawing(svg),), entries


def _looks(roles: list[str]) -> list[str]:
    others = iter(range(len(roles)))
    return [role if role in ("actual", "expected") else f"other o{next(others) % 5}" for role in roles]


def _outline(edges: list[float], counts: list[int], look: str, axes: Frame) -> Markup:
    steps = "".join(f"V{axes.y(count):.1f}H{axes.x(right):.1f}" for count, right in zip(counts, edges[1:], strict=True))
    path = f"M{axes.x(edges[0]):.1f} {axes.y(0):.1f}{steps}V{axes.y(0):.1f}"
    return el("g", el("path", d=path, class_="area"), class_=f"series {look}")


def _sample(look: str) -> Markup:
    area = el("g", el("path", d="M3 13V5H17V2H29V13", class_="area"), class_=f"series {look}")
    return el("svg", area, viewBox="0 0 32 14", class_="sample", aria_hidden="true")
