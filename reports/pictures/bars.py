"""Draws the score distribution of a class: ten columns with their counts on top."""

from __future__ import annotations

from markupsafe import Markup

from grader.text import say
from reports.pictures.svg import el, picture

WIDTH, HEIGHT = 480.0, 290.0
LEFT, BOTTOM, TOP = 8.0, 30.0, 22.0


def distribution(bins: tuple[int, ...], title: str, lang: str) -> Markup:
    """Learners by percent of the points; ``bins`` are of equal width, the last one holds 100 too."""
    step = (WIDTH - 2 * LEFT) / len(bins)
    scale = (HEIGHT - BOTTOM - TOP) / max(*bins, 1)
    columns = [_column(n, count, LEFT + n * step, step, scale) for n, count in enumerate(bins)]
    size = 100 // len(bins)
    words = [
        el("text", f"{n * size}", x=LEFT + n * step, y=HEIGHT - 14, class_="tick mid" if n else "tick")
        for n in range(0, len(bins), 2)
    ]
    last = el("text", "100 %", x=WIDTH - LEFT, y=HEIGHT - 14, class_="tick end")
    axis = el("path", d=f"M{LEFT} {HEIGHT - BOTTOM}H{WIDTH - LEFT}", class_="axis")
    return picture("distribution", WIDTH, HEIGHT, title, _in_words(bins, size, lang), *columns, axis, *words, last)


def _column(number: int, count: int, x: float, step: float, scale: float) -> Markup:
    if not count:
        return Markup("")
    height = max(2.0, count * scale)
    top = HEIGHT - BOTTOM - height
    bar = el("rect", x=x + 3, y=top, width=step - 6, height=height, rx=3, class_=f"column c{number}")
    return bar + el("text", str(count), x=x + step / 2, y=top - 6, class_="count mid")


def _in_words(bins: tuple[int, ...], size: int, lang: str) -> str:
    last = len(bins) - 1
    ranges = [f"{n * size}–{100 if n == last else n * size + size - 1} %: {count}" for n, count in enumerate(bins)]
    return say("Learners by percent of the points: {ranges}.", ranges=", ".join(ranges)).in_language(lang)
