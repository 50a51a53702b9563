"""Lets a check attach pictures to its result, as plain numbers that a report draws."""

from __future__ import annotations

import contextlib
import functools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import numpy as np
import numpy.typing as npt

from grader.grades import Picture, PictureKind
from grader.texts import Texts

if TYPE_CHECKING:
    from grader.stopwatch import Stopwatch

MAX_POINTS = 400


@dataclass(frozen=True)
class Curve:
    """One line of a chart: ``x`` and ``y`` of equal length; role is actual, expected or other."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    role: str = "actual"
    marks: bool = False


P = ParamSpec("P")


def _drawing(draw: Callable[Concatenate[Show, P], None]) -> Callable[Concatenate[Show, P], None]:
    @functools.wraps(draw)
    def charged(self: Show, /, *args: P.args, **kwargs: P.kwargs) -> None:
        with self.stopwatch.doing("pictures") if self.stopwatch else contextlib.nullcontext():
            draw(self, *args, **kwargs)

    return charged


@dataclass(frozen=True)
class Show:
    """Collects the pictures of one check. Keys name entries of [pictures.<key>], words those of [labels.<word>]."""

    texts: Texts
    stopwatch: Stopwatch | None = None
    pictures: list[Picture] = field(default_factory=list)

    @_drawing
    def curves(self, key: str, curves: Iterable[Curve], *, x_label: str, y_label: str) -> None:
        """Lines over one pair of axes."""
        self._add(PictureKind.CURVES, key, self._chart(curves, x_label, y_label))

    @_drawing
    def panels(self, key: str, panels: Mapping[str, Iterable[Curve]], *, x_label: str, y_label: str) -> None:
        """Small charts side by side, by title."""
        drawn = [
            {"title": self._word(title), "curves": self._chart(curves, x_label, y_label)}
            for title, curves in panels.items()
        ]
        self._add(PictureKind.PANELS, key, {"panels": drawn})

    @_drawing
    def surface(
        self,
        key: str,
        x: Sequence[float],
        y: Sequence[float],
        z: Sequence[Sequence[float]],
        points: Iterable[tuple[float, float, int]],
        *,
        x_label: str = "x1",
        y_label: str = "x2",
    ) -> None:
        """A function of two inputs with values 0..1 (clipped), and labelled points on it; z has a row per y."""
        clipped = np.clip(np.nan_to_num(np.asarray(z, dtype=float), nan=0.5), 0.0, 1.0)
        data = {
            "x": _numbers(x),
            "y": _numbers(y),
            "z": [_numbers(row) for row in clipped],
            "points": [{"x": float(a), "y": float(b), "label": int(c)} for a, b, c in points],
            "x_label": self._word(x_label),
            "y_label": self._word(y_label),
        }
        self._add(PictureKind.SURFACE, key, data)

    @_drawing
    def histogram(
        self,
        key: str,
        series: Mapping[str, Any],
        *,
        x_label: str,
        bins: int = 30,
        roles: Mapping[str, str] | None = None,
    ) -> None:
        """How values are distributed: an array for each name, over common bins; values that are not finite are left out."""
        arrays = {n: _real(v) for n, v in series.items()}
        finite = {n: a[np.isfinite(a)] for n, a in arrays.items()}
        everything = np.concatenate([*finite.values(), np.zeros(0)])
        edges = np.histogram_bin_edges(everything, bins=bins) if everything.size else np.linspace(0, 1, bins + 1)
        drawn = [
            {
                "name": self._word(name),
                "counts": [int(c) for c in np.histogram(a, edges)[0]],
                "role": (roles or {}).get(name, "other"),
            }
            for name, a in finite.items()
        ]
        self._add(
            PictureKind.HISTOGRAM, key, {"x_label": self._word(x_label), "edges": _numbers(edges), "series": drawn}
        )

    def _add(self, kind: PictureKind, key: str, data: dict[str, Any]) -> None:
        title, description = self.texts.picture(key)
        self.pictures.append(Picture(kind, title, description, data))

    def _word(self, word: str) -> dict[str, str]:
        return self.texts.label(word).to_json()

    def _chart(self, curves: Iterable[Curve], x_label: str, y_label: str) -> dict[str, Any]:
        series = [
            {"name": self._word(c.name), "x": _thin(c.x), "y": _thin(c.y), "role": c.role, "marks": c.marks}
            for c in curves
        ]
        return {"x_label": self._word(x_label), "y_label": self._word(y_label), "series": series}


def _thin(values: Sequence[float]) -> list[float | None]:
    numbers = _numbers(values)
    step = max(1, math.ceil(len(numbers) / MAX_POINTS))
    kept = numbers[::step]
    return kept if not numbers or (len(numbers) - 1) % step == 0 else [*kept, numbers[-1]]


def _numbers(values: Any) -> list[float | None]:
    """Six significant digits are more than a picture shows; not finite becomes a gap."""
    return [float(f"{v:.6g}") if math.isfinite(v) else None for v in _real(values)]


def _real(values: Any) -> npt.NDArray[np.float64]:
    """Flat; of complex numbers, which only a wrong answer has, the real part."""
    flat = np.asarray(values).ravel()
    real: npt.NDArray[np.float64] = (flat.real if flat.dtype.kind == "c" else flat).astype(np.float64)
    return real
