"""A figure crosses as what is drawn in it, however it was drawn."""

from __future__ import annotations

import copy
import math

import numpy as np
import pytest

from grader import values
from grader.wire import decode
from grader.wire.limits import Refused
from grader.wire.reply import Answer
from tests.wire.session import Session

HEAD = "import numpy as np\nimport matplotlib.pyplot as plt\n"


def drawn(body):
    """What ``f`` returns, and the figures that it left open."""
    indented = "".join(f"    {line}\n" for line in body.splitlines())
    session = Session(f"{HEAD}def f():\n{indented}")
    answer = session.call("f")
    assert isinstance(answer, Answer), answer
    return session, answer


def only_axes(body):
    """The one coordinate system of the figure that was left open."""
    session, answer = drawn(body)
    assert answer.figures == 1
    (axes,) = session.ask({"op": "figure", "index": 0}).value.axes
    return axes


PYPLOT = """
plt.plot([1, 2], [3, 5], 'r--', label='a')
plt.xlabel('X')
plt.ylabel('Y')
plt.title('T')
plt.xlim(0, 5)
plt.ylim(0, 20)
plt.legend()
plt.show()
"""
SUBPLOTS = """
fig, ax = plt.subplots()
ax.plot(np.array([1, 2]), [3, 5], color='red', linestyle='--', label='a')
ax.set(xlabel='X', ylabel='Y', title='T', xlim=(0, 5), ylim=(0, 20))
fig.legend()
"""
ADD_SUBPLOT = """
ax = plt.figure().add_subplot(111)
ax.plot([1, 2], [3, 5], c='#ff0000', ls='dashed', label='a')
ax.title.set_text('T')
ax.set_xlabel('X')
ax.set_ylabel('Y')
ax.axis([0, 5, 0, 20])
ax.text(2, 5, 'a')
"""


@pytest.mark.parametrize("body", [PYPLOT, SUBPLOTS, ADD_SUBPLOT], ids=["pyplot", "subplots", "add_subplot"])
def test_the_same_drawing_in_three_ways(body):
    axes = only_axes(body)
    assert (axes.title, axes.x_label, axes.y_label, axes.legend) == ("T", "X", "Y", ("a",))
    assert (axes.x_limits, axes.y_limits) == ((0, 5), (0, 20))
    (line,) = axes.lines
    assert (line.x.tolist(), line.y.tolist(), line.label) == ([1, 2], [3, 5], "a")
    assert (line.color, line.linestyle) == ("#ff0000", "--")


@pytest.mark.parametrize(
    "body",
    [
        "fig, axes = plt.subplots(2, 2)\nfor i, ax in enumerate(axes.flat):\n    ax.plot([i]); ax.set_title(str(i))",
        "for i in range(4):\n    plt.subplot(2, 2, i + 1)\n    plt.plot([i])\n    plt.title(str(i))",
        "fig = plt.figure()\nfor i in range(4):\n    ax = fig.add_subplot(2, 2, i + 1); ax.plot([i]); ax.set_title(str(i))",
    ],
    ids=["subplots", "subplot", "add_subplot"],
)
def test_subplots_know_their_place(body):
    session, _ = drawn(body)
    axes = session.ask({"op": "figure", "index": 0}).value.axes
    assert [(a.title, a.position, a.nrows, a.ncols) for a in axes] == [
        ("0", (0, 0), 2, 2),
        ("1", (0, 1), 2, 2),
        ("2", (1, 0), 2, 2),
        ("3", (1, 1), 2, 2),
    ]


def test_points_bars_images_and_scales():
    axes = only_axes(
        "plt.scatter([1, 2], [3, 4], label='s')\nplt.bar(['a', 'b'], [1, 2])\nplt.imshow(np.zeros((2, 2)))\nplt.xscale('log')"
    )
    (points,) = axes.points
    assert (points.x.tolist(), points.y.tolist(), points.label) == ([1, 2], [3, 4], "s")
    assert [bar.height for bar in axes.bars] == [1, 2]
    assert (axes.images, axes.x_scale, axes.y_scale) == (1, "log", "linear")


def test_helper_lines_and_colour_bars_are_not_counted():
    session, _ = drawn("plt.plot([1, 2])\nplt.axhline(0)\nplt.axvline(1)\nplt.imshow(np.eye(2))\nplt.colorbar()")
    (axes,) = session.ask({"op": "figure", "index": 0}).value.axes
    assert len(axes.lines) == 1


def test_gaps_and_text_on_an_axis_become_numbers():
    axes = only_axes("plt.plot(['a', 'b', 'c'], [1, None, np.inf])")
    assert axes.lines[0].x.tolist() == [0, 1, 2]
    assert math.isnan(axes.lines[0].y[1])
    assert math.isinf(axes.lines[0].y[2])


def test_points_without_a_line():
    (line,) = only_axes("plt.plot([1, 2], 'o')").lines
    assert (line.linestyle, line.marker) == ("None", "o")


def test_tensors_are_drawn_as_well():
    assert only_axes("import tensorflow as tf\nplt.plot(tf.constant([1., 2.]))").lines[0].y.tolist() == [1, 2]


@pytest.mark.parametrize("result", ["fig", "ax", "plt.gcf()", "plt.gca()"])
def test_a_figure_or_its_axes_can_be_returned(result):
    _, answer = drawn(f"fig, ax = plt.subplots()\nax.plot([1, 2])\nreturn {result}")
    assert isinstance(answer.value, values.Figure)
    assert len(answer.value.axes[0].lines) == 1


def test_other_artists_stay():
    _, answer = drawn("return plt.plot([1, 2])")
    assert answer.value[0].type_name == "matplotlib.Line2D"


def test_each_call_starts_on_a_new_figure():
    session, first = drawn("plt.plot([1, 2])")
    second = session.call("f")
    assert (first.figures, second.figures) == (1, 1)
    assert len(session.ask({"op": "figure", "index": 0}).value.axes[0].lines) == 1


def test_several_figures_are_numbered():
    session, answer = drawn("plt.figure(7); plt.title('a')\nplt.figure(3); plt.title('b')")
    assert answer.figures == 2
    titles = [session.ask({"op": "figure", "index": i}).value.axes[0].title for i in range(2)]
    assert titles == ["b", "a"]


def test_what_the_cells_drew_is_kept_apart():
    session = Session(HEAD + "plt.plot([1, 2])\nplt.suptitle('all')\ndef f():\n    pass")
    session.probe.end_of_cell()
    assert session.call("f").figures == 0
    assert session.ask({"op": "names"}).figures == 1
    figure = session.ask({"op": "figure", "index": 0, "of": "cells"}).value
    assert figure.title == "all"


def test_a_figure_that_is_not_there():
    session, _ = drawn("pass")
    assert session.ask({"op": "figure", "index": 0}).kind == "missing"
    assert session.ask({"op": "figure", "index": -1}).kind == "missing"


def test_a_picture_comes_where_it_is_asked_for():
    session, _ = drawn("plt.plot([1, 2])\nplt.title('한글')")
    assert session.ask({"op": "figure", "index": 0}).value.png is None
    assert session.ask({"op": "figure", "index": 0, "png": True}).value.png.startswith(b"\x89PNG")


def test_overwritten_names_of_pyplot_do_no_harm():
    _, answer = drawn("plt.plot([1, 2])\nplt.xlim = (0, 1)\nplt.close = plt.figure = plt.get_fignums = 3")
    assert answer.figures == 1
    import importlib

    import matplotlib.pyplot as plt

    importlib.reload(plt)


# ---- forgeries ----


@pytest.fixture(scope="module")
def honest():
    session, _ = drawn("plt.plot([1, 2])\nplt.scatter([1], [2])\nplt.bar([1], [2])")
    reply, buffers = session.raw({"op": "figure", "index": 0, "png": True})
    return reply["value"], buffers


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("axes",), [{}] * 65),
        (("axes", 0), None),
        (("axes", 0, "title"), 1),
        (("axes", 0, "title"), "x" * 301),
        (("axes", 0, "x_limits"), [0]),
        (("axes", 0, "x_limits"), [0, math.nan]),
        (("axes", 0, "lines"), [{}] * 501),
        (("axes", 0, "lines", 0, "x", "shape"), [1]),
        (("axes", 0, "lines", 0, "x", "dtype"), "int64"),
        (("axes", 0, "lines", 0, "color"), None),
        (("axes", 0, "points", 0, "y"), None),
        (("axes", 0, "bars", 0), [1, 2, 3]),
        (("axes", 0, "bars", 0), [1, 2, 3, "4"]),
        (("axes", 0, "images"), -1),
        (("axes", 0, "legend"), [None]),
        (("axes", 0, "position"), [0]),
        (("axes", 0, "nrows"), 0),
        (("png",), 0),
        (("png",), 999),
    ],
)
def test_forged_figures_are_refused(honest, path, value):
    tree, buffers = copy.deepcopy(honest[0]), honest[1]
    inner = tree
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    with pytest.raises(Refused):
        decode(tree, buffers)


def test_a_picture_that_is_none_is_refused(honest):
    tree, buffers = honest
    with pytest.raises(Refused):
        decode(tree, [b"GIF89a" if b.startswith(b"\x89PNG") else b for b in buffers])


def test_columns_are_read_only_float64():
    (line,) = only_axes("plt.plot([1, 2])").lines
    assert line.x.dtype == np.float64
    assert not line.x.flags.writeable
