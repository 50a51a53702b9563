"""A matplotlib figure as what is drawn in it: axes, lines, points, bars, limits, labels."""

from __future__ import annotations

import builtins
import io
import math
from sys import modules as loaded
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings

from numpy.ma import asarray as as_masked
from numpy.ma import filled

from grader.engine.probe_text import clean
from grader.engine.probe_values import array_node

if TYPE_CHECKING:
    from grader.engine.probe_export import Exporter, Tree, Writer

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

MAX_AXES = 64
MAX_ARTISTS = 500  # of one kind in one axes
MAX_POINTS = 200_000  # of one line
MAX_PNG_BYTES = 2**20
PNG_DPI = 80
TEXT_CHARS = 300


def figure_writers() -> dict[type, Writer]:
    """Empty where matplotlib was not imported."""
    figure, axes = loaded.get("matplotlib.figure"), loaded.get("matplotlib.axes")
    if figure is None or axes is None or not hasattr(axes, "Axes"):
        return {}
    return {
        figure.Figure: lambda out, value, _: figure_node(out, value),
        axes.Axes: lambda out, value, _: figure_node(out, value.get_figure()),
    }


def figure_node(out: Exporter, figure: Any, *, png: bool = False) -> Tree:
    """A whole figure; an axes is answered for by the figure that it is in."""
    title = figure.get_suptitle() if hasattr(figure, "get_suptitle") else ""
    return out.node(
        "figure",
        title=_text(title),
        axes=[_axes(out, ax) for ax in figure.axes[:MAX_AXES] if ax.get_label() != "<colorbar>"],
        png=_png(out, figure) if png else None,
    )


def _axes(out: Exporter, ax: Any) -> Tree:
    out.plain(None)
    drawn = [line for line in ax.get_lines()[:MAX_ARTISTS] if line.get_transform() == ax.transData]
    return {
        "title": _text(ax.get_title() or ax.get_title(loc="left") or ax.get_title(loc="right")),
        "x_label": _text(ax.get_xlabel()),
        "y_label": _text(ax.get_ylabel()),
        "x_limits": _pair(ax.get_xlim()),
        "y_limits": _pair(ax.get_ylim()),
        "x_scale": _text(ax.get_xscale()),
        "y_scale": _text(ax.get_yscale()),
        "lines": [_line(out, line) for line in drawn],  # without axhline and the like, which span the axes
        "points": [_points(out, c) for c in ax.collections[:MAX_ARTISTS] if type(c).__name__ == "PathCollection"],
        "bars": [_bar(out, p) for p in ax.patches[:MAX_ARTISTS] if type(p).__name__ == "Rectangle"],
        "images": len(ax.images),
        "legend": _names(ax),
        **_position(ax),
    }


def _names(ax: Any) -> list[str]:
    """The words of its legend, of the figure's where it has none, else what was written beside the curves."""
    own, shared = ax.get_legend(), ax.get_figure().legends
    legends = [own] if own is not None else shared
    texts = [text for legend in legends for text in legend.get_texts()] or ax.texts
    return [word for text in texts[:MAX_ARTISTS] if (word := _text(text.get_text()))]


def _line(out: Exporter, line: Any) -> Tree:
    return {
        "x": _column(out, line.get_xdata(orig=False)),
        "y": _column(out, line.get_ydata(orig=False)),
        "label": _label(line),
        "color": _colour(line.get_color()),
        "linestyle": _text(line.get_linestyle()),
        "marker": _text(line.get_marker()).replace("None", ""),
    }


def _points(out: Exporter, collection: Any) -> Tree:
    offsets: Any = filled(as_masked(collection.get_offsets(), dtype=float), math.nan)
    return {"x": _column(out, offsets[:, 0]), "y": _column(out, offsets[:, 1]), "label": _label(collection)}


def _bar(out: Exporter, patch: Any) -> Tree:
    out.plain(None)
    return [_finite(v) for v in (patch.get_x(), patch.get_y(), patch.get_width(), patch.get_height())]


def _column(out: Exporter, values: Any) -> Tree:
    """(points,) float64, NaN for a gap."""
    column: Any = filled(as_masked(values, dtype=float), math.nan).ravel()[:MAX_POINTS]
    return array_node(out, column)


def _label(artist: Any) -> str:
    text = _text(artist.get_label())
    return "" if text.startswith("_") else text  # names that matplotlib gave


def _colour(colour: Any) -> str:
    colours = loaded.get("matplotlib.colors")
    return str(colours.to_hex(colour)) if colours is not None else ""


def _position(ax: Any) -> Tree:
    spec = ax.get_subplotspec()
    if spec is None:
        return {"position": None, "nrows": 1, "ncols": 1}
    grid = spec.get_gridspec()
    return {"position": [spec.rowspan.start, spec.colspan.start], "nrows": int(grid.nrows), "ncols": int(grid.ncols)}


def _pair(limits: Any) -> Tree:
    return [_finite(v) for v in limits]


def _finite(value: Any) -> float:
    value = float(value)
    return value if math.isfinite(value) else 0.0


def _text(value: Any) -> str:
    return clean(str(value))[:TEXT_CHARS]


def _png(out: Exporter, figure: Any) -> Tree:
    file = io.BytesIO()
    with catch_warnings(action="ignore"):  # no glyph for this letter in this font
        figure.savefig(file, format="png", dpi=PNG_DPI)
    data = file.getvalue()
    return out.buffer(data) if len(data) <= MAX_PNG_BYTES and out.fits(len(data)) else None


def take_open_figures() -> list[Any]:
    """The figures that pyplot holds open, oldest first; pyplot forgets them, so that the next one starts afresh."""
    helpers = loaded.get("matplotlib._pylab_helpers")  # not pyplot itself, whose functions learners overwrite
    if helpers is None:
        return []
    managers = sorted(helpers.Gcf.get_all_fig_managers(), key=lambda manager: manager.num)
    figures = [manager.canvas.figure for manager in managers]
    helpers.Gcf.destroy_all()
    return figures
