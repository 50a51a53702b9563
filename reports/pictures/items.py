"""Draws checks by how many pass them and how well they tell learners apart; what lies low is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grader.text import say
from reports.pictures.axes import Frame, frame
from reports.pictures.curves import mark
from reports.pictures.svg import el, picture

WIDTH, HEIGHT = 760.0, 300.0
POOR = 0.2  # below, a check tells learners apart poorly (Ebel 1965)
LETTER = 6.5
NEAR = 9.0  # a name closer to another one is left out: it is in the table
NAMED = 8


@dataclass(frozen=True)
class Dot:
    """A check: its number, share that pass, discrimination."""

    number: str
    passed: float
    r: float
    public: bool


def item_map(checks: Sequence[Dot], title: str, lang: str) -> Markup:
    """From left to right: ever more pass. From bottom to top: passing goes ever more with success elsewhere."""
    lowest, highest = min(0.0, *(c.r for c in checks)), max(0.6, *(c.r for c in checks))
    axes = frame(
        (0.0, 100.0),
        (lowest - 0.04, highest + 0.04),
        say("percent that pass").in_language(lang),
        say("discrimination").in_language(lang),
        width=WIDTH,
        height=HEIGHT,
        right=24,
    )
    ground = el(
        "rect",
        x=axes.x.start,
        y=axes.y(POOR),
        width=axes.x.end - axes.x.start,
        height=axes.y.start - axes.y(POOR),
        class_="poor",
    )
    below = el(
        "text",
        say("below {limit}: tells apart poorly", limit=POOR).in_language(lang),
        x=axes.x.start + 6,
        y=axes.y(POOR) + 14,
        class_="tick",
    )
    drawn = [_dot(c, axes) for c in checks]
    return picture(
        "items", WIDTH, HEIGHT, title, _in_words(checks, lang), ground, axes.drawn, below, *drawn, *_names(checks, axes)
    )


def _dot(check: Dot, axes: Frame) -> Markup:
    sign = mark("circle" if check.public else "diamond", axes.x(100 * check.passed), axes.y(check.r), 4)
    return el(
        "g", el("title", f"{check.number}: {100 * check.passed:.0f} %, {check.r:.2f}"), sign, class_="series dots"
    )


def _names(checks: Sequence[Dot], axes: Frame) -> list[Markup]:
    """Of those that want a look: the lowest ones, as far as their names do not cover each other."""
    taken: list[tuple[float, float]] = []
    drawn = []
    for check in sorted(checks, key=lambda c: c.r)[:NAMED]:
        x, y = axes.x(100 * check.passed) + 8, axes.y(check.r) + 4
        if any(abs(x - a) < LETTER * 4 and abs(y - b) < NEAR for a, b in taken):
            continue
        taken.append((x, y))
        end = x + LETTER * len(check.number) > WIDTH
        drawn.append(el("text", check.number, x=x - 16 if end else x, y=y, class_="end" if end else "label"))
    return drawn


def _in_words(checks: Sequence[Dot], lang: str) -> str:
    told = "; ".join(f"{c.number}: {100 * c.passed:.0f} %, {c.r:.2f}".replace("-", "−") for c in checks)
    return say("Check: percent that pass, discrimination. {lines}.", lines=told).in_language(lang)
