"""Reads what a figure shows out of a reply that may be forged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from grader import values
from grader.wire.limits import exactly, finite, items, malformed, mapping, text, too_large, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.wire.reader import Reader

MAX_AXES = 64
MAX_ARTISTS = 500
MAX_PNG_BYTES = 2**20
TEXT_CHARS = 300
PNG_MAGIC = b"\x89PNG\r\n\x1a\n"


def read_figure(reader: Reader, tree: Mapping[str, Any]) -> values.Figure:
    """A figure with its axes in the order in which they were made."""
    axes = tuple(_axes(reader, mapping(ax, "axes")) for ax in items(tree.get("axes"), "axes", MAX_AXES))
    return values.Figure(axes, _text(tree.get("title")), _png(reader, tree.get("png")))


def _png(reader: Reader, index: object) -> bytes | None:
    if index is None:
        return None
    data = reader.buffer(index)
    if len(data) > MAX_PNG_BYTES:
        raise too_large("picture")
    if not data.startswith(PNG_MAGIC):
        raise malformed("picture")
    return data


def _axes(reader: Reader, tree: Mapping[str, Any]) -> values.Axes:
    position = tree.get("position")
    return values.Axes(
        title=_text(tree.get("title")),
        x_label=_text(tree.get("x_label")),
        y_label=_text(tree.get("y_label")),
        x_limits=_pair(tree.get("x_limits")),
        y_limits=_pair(tree.get("y_limits")),
        x_scale=_text(tree.get("x_scale")),
        y_scale=_text(tree.get("y_scale")),
        lines=tuple(_line(reader, mapping(t, "line")) for t in items(tree.get("lines"), "lines", MAX_ARTISTS)),
        points=tuple(_points(reader, mapping(t, "points")) for t in items(tree.get("points"), "points", MAX_ARTISTS)),
        bars=tuple(_bar(reader, t) for t in items(tree.get("bars"), "bars", MAX_ARTISTS)),
        images=whole(tree.get("images"), "images"),
        legend=tuple(_text(t) for t in items(tree.get("legend"), "legend", MAX_ARTISTS)),
        position=None if position is None else _cell(position),
        nrows=whole(tree.get("nrows"), "grid", 1),
        ncols=whole(tree.get("ncols"), "grid", 1),
    )


def _line(reader: Reader, tree: Mapping[str, Any]) -> values.Line:
    x, y = _columns(reader, tree)
    return values.Line(
        x,
        y,
        _text(tree.get("label")),
        _text(tree.get("color")),
        _text(tree.get("linestyle")),
        _text(tree.get("marker")),
    )


def _points(reader: Reader, tree: Mapping[str, Any]) -> values.Points:
    return values.Points(*_columns(reader, tree), _text(tree.get("label")))


def _columns(reader: Reader, tree: Mapping[str, Any]) -> tuple[values.Array, values.Array]:
    """Two float64 columns of the same length."""
    x, y = (reader.array(mapping(tree.get(key), "points")) for key in ("x", "y"))
    if not x.dtype == y.dtype == np.float64 or x.ndim != 1 or x.shape != y.shape:
        raise malformed("points")
    return x, y


def _bar(reader: Reader, value: object) -> values.Bar:
    reader.count(1)
    x, y, width, height = (finite(n, "bar") for n in exactly(4, value, "bar"))
    return values.Bar(x, y, width, height)


def _pair(value: object) -> tuple[float, float]:
    low, high = (finite(n, "limits") for n in exactly(2, value, "limits"))
    return low, high


def _cell(value: object) -> tuple[int, int]:
    row, column = (whole(n, "position") for n in exactly(2, value, "position"))
    return row, column


def _text(value: object) -> str:
    return text(value, "figure", TEXT_CHARS)
