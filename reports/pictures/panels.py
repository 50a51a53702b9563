"""Draws small charts side by side, with one legend for all."""

from __future__ import annotations

import dataclasses
from typing import Any

from reports.pictures.curves import chart, legend, lines_of
from reports.pictures.figure import Context, Drawing, LegendEntry


def draw_panels(data: dict[str, Any], context: Context) -> tuple[tuple[Drawing, ...], tuple[LegendEntry, ...]]:
    """A chart for each panel."""
    drawings, lines = [], []
    for number, panel in enumerate(data["panels"], 1):
        caption = context.word(panel["title"])
        inner = dataclasses.replace(context, key=f"{context.key}-{number}", title=f"{context.title}: {caption}")
        shown = lines_of(panel["curves"]["series"], inner)
        lines += shown
        drawings.append(Drawing(chart(panel["curves"], shown, inner), caption))
    return tuple(drawings), legend(lines)
