"""Draws the pictures of a grade as SVG: plain numbers in, safe markup out."""

from __future__ import annotations

from grader.grades import Picture, PictureKind
from reports.pictures.curves import draw_curves
from reports.pictures.figure import Context, Drawing, Figure, LegendEntry
from reports.pictures.histogram import draw_histogram
from reports.pictures.panels import draw_panels
from reports.pictures.surface import draw_surface

__all__ = ["Drawing", "Figure", "LegendEntry", "draw"]


def draw(picture: Picture, key: str, lang: str) -> Figure:
    """The picture in ``lang``; ``key`` is unique on the page. Figures that do not fit make a `Figure` that says so."""
    title, description = picture.title.in_language(lang), picture.description.in_language(lang)
    context = Context(key, title, description, lang)
    draw_kind = {
        PictureKind.CURVES: draw_curves,
        PictureKind.PANELS: draw_panels,
        PictureKind.SURFACE: draw_surface,
        PictureKind.HISTOGRAM: draw_histogram,
    }[picture.kind]
    try:
        drawings, legend = draw_kind(picture.data, context)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, ArithmeticError):
        return Figure(title, description, broke=True)  # a check's figures are our fault; the report goes on
    return Figure(title, description, drawings, legend)
