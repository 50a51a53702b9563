"""Axes: from numbers to places on the paper, round ticks, and the frame around a plot."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from reports.pictures.svg import el

LARGE, SMALL = 1e5, 1e-3  # outside, numbers are written with a power of ten
HUGE = 1e300  # so that differences stay finite
DIGIT = 6.1  # width of a digit at the size of tick labels


@dataclass(frozen=True)
class Scale:
    """A straight map from ``low..high`` to ``start..end`` on the paper."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """The place of a value."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True)
class Frame:
    """The plot area and its two scales."""

    x: Scale
    y: Scale
    drawn: Markup


def span(values: Iterable[float | None], *, pad: float = 0.0) -> tuple[float, float]:
    """Lowest and highest of the numbers, a share ``pad`` wider on both sides; never empty."""
    numbers = [max(-HUGE, min(HUGE, v)) for v in values if v is not None]
    low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
    if high - low <= 1e-12 * max(abs(low), abs(high)):
        half = abs(low) / 2 or 0.5
        return low - half, high + half
    return low - pad * (high - low), high + pad * (high - low)


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Round numbers in ``low..high``, around ``about`` of them."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 2.5, 5, 10) if m * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [n * step for n in range(first, last + 1)]


def labels(values: list[float]) -> list[str]:
    """The ticks in as few digits as tell them apart."""
    largest = max((abs(v) for v in values), default=0.0)
    if largest >= LARGE or 0 < largest < SMALL:
        return [_signed(_power(v)) for v in values]
    step = min((abs(b - a) for a, b in pairwise(values)), default=1.0)
    decimals = next(d for d in range(12) if abs(round(step, d) - step) < step * 1e-6)
    return [_signed(f"{v:.{decimals}f}") for v in values]


def _power(value: float) -> str:
    digits, _, exponent = f"{value:.2e}".partition("e")
    return f"{digits.rstrip('0').rstrip('.')}e{int(exponent)}" if value else "0"


def _signed(number: str) -> str:
    zero = not number.strip("-0.")
    return number.lstrip("-") if zero else number.replace("-", "−")


def frame(
    x_span: tuple[float, float],
    y_span: tuple[float, float],
    x_label: str,
    y_label: str,
    *,
    width: float,
    height: float,
    right: float = 12,
) -> Frame:
    """Grid, ticks and labels of a plot ``width`` x ``height``; the label of y stands on top, where it can be read."""
    y_ticks = ticks(*y_span, about=5)
    y_words = labels(y_ticks)
    left = 12 + DIGIT * max(map(len, y_words), default=1)
    x = Scale(*x_span, left, width - right)
    y = Scale(*y_span, height - 38, 24)
    x_ticks = ticks(*x_span, about=max(2, int((width - left - right) / 58)))
    parts = [
        *(el("path", d=_line(x.start, y(t), x.end, y(t)), class_="grid") for t in y_ticks),
        *(el("path", d=_line(x(t), y.start, x(t), y.end), class_="grid") for t in x_ticks),
        *(el("text", w, x=x.start - 6, y=y(t) + 3.5, class_="tick end") for t, w in zip(y_ticks, y_words, strict=True)),
        *(
            el("text", w, x=x(t), y=y.start + 15, class_="tick mid")
            for t, w in zip(x_ticks, labels(x_ticks), strict=True)
        ),
        el("path", d=_line(x.start, y.start, x.end, y.start), class_="axis"),
        el("text", x_label, x=(x.start + x.end) / 2, y=height - 6, class_="label mid"),
        el("text", y_label, x=6.0, y=13.0, class_="label"),
    ]
    return Frame(x, y, Markup("").join(parts))


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}"
