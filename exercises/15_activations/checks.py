"""Public checks of activations."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from grader.authoring import Axes, Curve, Figure, Show, Student, chain, check, expect, step

Array = np.ndarray
X = np.linspace(-3.75, 3.75, 16)  # without 0, where a derivative or a step is a matter of taste
SCORES = np.array([2.0, 1.0, 0.1])
BATCH = np.array([[1.0, 2.0, 3.0], [4.0, 1.0, 1.0]])
DRAWN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "swish")


def sigmoid(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def relu(x: Array) -> Array:
    return np.maximum(x, 0)


def leaky_relu(x: Array, alpha: float = 0.01) -> Array:
    return np.where(x > 0, x, alpha * x)


def elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.expm1(x))


def swish(x: Array) -> Array:
    return x * sigmoid(x)


def softmax(x: Array, axis: int | None = -1) -> Array:
    return np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)


@check(points=1)
def s_curves(student: Student, show: Show) -> None:
    """sigmoid and tanh of an array of numbers"""
    draw(show, "s_curves", {"sigmoid": (student.sigmoid(X), sigmoid(X)), "tanh": (student.tanh(X), np.tanh(X))})
    sigmoid_mistakes = {
        "sigmoid_sign": lambda: sigmoid(-X),
        "derivative": lambda: sigmoid(X) * sigmoid(-X),
        "sigmoid_brackets": lambda: 1 / 1 + np.exp(-X),
        "rounded": lambda: rounded(student.sigmoid(X), sigmoid(X)),
        "nothing_returned": lambda: None,
    }
    expect.tensor(student.sigmoid(X), sigmoid(X), mistakes=sigmoid_mistakes)
    tanh_mistakes = {
        "tanh_upside_down": lambda: 1 / np.tanh(X),
        "tanh_of_half": lambda: np.tanh(X / 2),
        "rounded": lambda: rounded(student.tanh(X), np.tanh(X)),
        "derivative": lambda: 1 - np.tanh(X) ** 2,
        "nothing_returned": lambda: None,
    }
    expect.tensor(student.tanh(X), np.tanh(X), mistakes=tanh_mistakes)


@check(points=1)
def rectifiers(student: Student, show: Show) -> None:
    """relu, leaky_relu, elu and prelu of an array of numbers"""
    pairs = {
        "relu": (student.relu(X), relu(X)),
        "leaky_relu": (student.leaky_relu(X), leaky_relu(X)),
        "elu": (student.elu(X), elu(X)),
        "prelu": (student.prelu(X, 0.25), leaky_relu(X, 0.25)),
    }
    draw(show, "rectifiers", pairs)
    relu_mistakes = {
        "np_max": lambda: np.max(X, 0),
        "drops_elements": lambda: X[X > 0],
        "derivative": lambda: X > 0,
        "leaky_instead": lambda: leaky_relu(X),
        "cases_swapped": lambda: np.minimum(X, 0),
        "whole_numbers": lambda: np.trunc(relu(X)),
        "nothing_returned": lambda: None,
    }
    expect.tensor(student.relu(X), relu(X), mistakes=relu_mistakes)
    expect_leaky(student.leaky_relu(X), 0.01)
    expect_leaky(student.leaky_relu(X, 0.2), 0.2, alpha_ignored=0.01)
    expect_elu(student.elu(X), 1.0)
    expect_elu(student.elu(X, 0.5), 0.5)
    expect_leaky(student.prelu(X, 0.25), 0.25, alpha_ignored=0.01)


@check(points=1)
def swish_and_softmax(student: Student, show: Show) -> None:
    """swish of an array, softmax of one row of scores and of a batch"""
    draw(show, "swish", {"swish": (student.swish(X), swish(X))})
    steps = chain(
        {"x": X},
        step("sigmoid", "sigmoid(x)", lambda s: sigmoid(s.x), sigmoid_sign=lambda s: sigmoid(-s.x)),
        step("answer", "x * sigmoid(x)", lambda s: s.x * s.sigmoid, swish_is_sigmoid=lambda s: s.sigmoid),
        inside=student.inside,
    )
    mistakes = {
        "derivative": lambda: sigmoid(X) + X * sigmoid(X) * sigmoid(-X),
        "nothing_returned": lambda: None,
    }
    expect.tensor(student.swish(X), swish(X), mistakes=mistakes, steps=steps)
    for scores in (SCORES, BATCH):
        expect_softmax(student, scores)


@check(points=1)
def draws_the_curves(student: Student) -> None:
    """plot_activations draws the six curves in one figure"""
    figure = figure_of(student)
    missing = [name for name in DRAWN if not is_drawn(name, figure, student)]
    mistake = ""
    if missing:
        mistake = why_missing(missing, figure, student)
        figure = figure_of(student)  # once more, so that the report shows this call
    expect.that(not missing, "curve_missing", names=", ".join(missing), mistake=mistake)
    expect.that(has_names(figure), "no_names", mistake="legend_not_shown" if has_labels(figure) else "")


def draw(show: Show, key: str, pairs: dict[str, tuple[Any, Array]]) -> None:
    """The learner's answer against the expected one, function by function."""
    panels = {}
    for name, (answer, target) in pairs.items():
        theirs = numbers(answer)
        own = [Curve("yours", X, theirs, marks=True)] if len(theirs) == len(X) else []
        panels[name] = [Curve("expected", X, target, role="expected"), *own]
    show.panels(key, panels, x_label="x", y_label="y")


def numbers(answer: Any) -> list[float]:
    """What can be drawn of an answer; nothing of one that is no row of numbers."""
    try:
        return [float(np.real(v)) for v in answer]
    except (TypeError, ValueError, OverflowError):
        return []


def rounded(answer: Any, target: Array) -> Array | None:
    """``target`` with as few digits as the answer has, where that is the whole difference."""
    got = np.asarray(numbers(answer))
    return next((r for n in range(1, 5) if np.array_equal(r := np.round(target, n), got)), None)


def expect_leaky(answer: Any, alpha: float, alpha_ignored: float | None = None) -> None:
    """A straight line of slope ``alpha`` on the negative side; any other slope is named a mistake."""
    line = numbers(answer)
    slope = line[0] / X[0] if line else np.nan
    mistakes: dict[str, Callable[[], Any]] = {
        "negatives_cut_off": lambda: relu(X),
        "slope_not_multiplied": lambda: np.where(X > 0, X, alpha),
        "cases_swapped": lambda: np.where(X > 0, alpha * X, X),
        "drops_elements": lambda: X[X > 0],
        "nothing_returned": lambda: None,
    }
    if alpha_ignored is not None:
        mistakes["alpha_ignored"] = lambda: leaky_relu(X, alpha_ignored)
    mistakes["other_alpha"] = lambda: leaky_relu(X, slope)
    expect.tensor(answer, leaky_relu(X, alpha), mistakes=mistakes)


def expect_elu(answer: Any, alpha: float) -> None:
    """An exponential on the negative side that ends at -alpha."""
    mistakes = {
        "elu_without_minus_one": lambda: np.where(X > 0, X, alpha * np.exp(X)),
        "elu_alpha_inside": lambda: np.where(X > 0, X, alpha * np.exp(X) - 1),
        "alpha_ignored": lambda: elu(X),
        "negatives_cut_off": lambda: relu(X),
        "cases_swapped": lambda: np.where(X > 0, alpha * np.expm1(X), X),
        "nothing_returned": lambda: None,
    }
    if alpha == 1.0:
        del mistakes["alpha_ignored"]
        del mistakes["elu_alpha_inside"]
    expect.tensor(answer, elu(X, alpha), mistakes=mistakes)


def expect_softmax(student: Student, scores: Array) -> None:
    """Probabilities along the last axis."""
    steps = chain(
        {"x": scores},
        step("exps", "exp(x)", lambda s: np.exp(s.x), softmax_without_exp=lambda s: s.x),
        step(
            "sums",
            "sum of exp(x) along the last axis",
            lambda s: s.exps.sum(axis=-1, keepdims=True),
            softmax_over_everything=lambda s: s.exps.sum(keepdims=True),
            softmax_over_columns=lambda s: s.exps.sum(axis=0, keepdims=True),
        ),
        step("answer", "exp(x) / sum", lambda s: s.exps / s.sums, softmax_not_divided=lambda s: s.exps),
        inside=student.inside,
    )
    mistakes = {"nothing_returned": lambda: None}
    expect.tensor(student.softmax(scores), softmax(scores), mistakes=mistakes, steps=steps)


def figure_of(student: Student) -> Figure:
    """The figure that came back, alone or with its axes, else the one that was left open."""
    answer = student.plot_activations()
    several = answer if isinstance(answer, (list, tuple)) else [answer]
    figure = next((a for a in several if isinstance(a, Figure)), None)
    return expect.figure(figure or student.figure() or answer)


def drawn(figure: Figure) -> Iterator[tuple[Array, Array]]:
    """x and y of every line and scatter plot, without gaps."""
    for axes in figure.axes:
        for item in (*axes.lines, *axes.points):
            kept = np.isfinite(item.x) & np.isfinite(item.y)
            yield item.x[kept], item.y[kept]


def is_drawn(name: str, figure: Figure, student: Student) -> bool:
    """Whether the figure has the curve called ``name``, at least from -4 to 4.

    The learner's own function is as good: if it is wrong, another check says so.
    """
    wide = [(x, y) for x, y in drawn(figure) if x.size >= 8 and x.min() <= -4 and x.max() >= 4]
    if any(alike(curve(name, x, y), y) for x, y in wide):
        return True
    return any(alike(np.asarray(numbers(getattr(student, name)(x))), y) for x, y in wide)


def why_missing(missing: list[str], figure: Figure, student: Student) -> str:
    """The mistake that hides the curves, or ""."""
    if len(missing) == len(DRAWN) - 1:
        return "figure_for_each"
    if any(is_without_x(name, x, y) for name in missing for x, y in drawn(figure)):
        return "drawn_without_x"
    for name in DRAWN:
        getattr(student, name)(X)
        if student.mutated():
            return "changed_in_place"
    return ""


def curve(name: str, x: Array, y: Array) -> Array:
    """The true heights; where alpha is free, with the one that was drawn."""
    lowest = np.argmin(x)
    if name == "leaky_relu":
        slope = y[lowest] / x[lowest]
        return leaky_relu(x, slope) if 0 < slope < 1 else np.full_like(x, np.nan)
    if name == "elu":
        alpha = y[lowest] / np.expm1(x[lowest])
        return elu(x, alpha) if alpha > 0 else np.full_like(x, np.nan)
    return {"sigmoid": sigmoid, "tanh": np.tanh, "relu": relu, "swish": swish}[name](x)


def is_without_x(name: str, x: Array, y: Array) -> bool:
    """Whether only the heights were drawn, over 0, 1, 2 ..."""
    if x.size < 8 or not np.array_equal(x, np.arange(x.size)):
        return False
    return any(
        alike(curve(name, guess, y), y) for guess in (np.linspace(-5, 5, x.size), np.arange(x.size) * 10 / x.size - 5)
    )


def alike(theirs: Array, target: Array) -> bool:
    """As close as a picture shows; relu and leaky_relu lie 0.04 apart at -4."""
    return theirs.shape == target.shape and bool(np.allclose(theirs, target, atol=2e-3))


def has_names(figure: Figure) -> bool:
    """Whether every plot says which curve is which: by a legend or words beside the curves, a plot of its own by a title."""
    plots = [axes for axes in figure.axes if curves_in(axes)]
    for axes in plots:
        words = {axes.title, axes.x_label, axes.y_label} - {"", "x", "y", "f(x)"}
        named = axes.legend or any(name in f"{figure.title} {words}".casefold() for name in DRAWN)
        alone = len(curves_in(axes)) == 1 or len(plots) >= len(DRAWN)
        if not named and not (alone and words):
            return False
    return True


def curves_in(axes: Axes) -> list[Any]:
    """What is more than a straight line between two points."""
    return [item for item in (*axes.lines, *axes.points) if item.x.size >= 8]


def has_labels(figure: Figure) -> bool:
    """Whether the curves were given names that only a legend would show."""
    return any(item.label for axes in figure.axes for item in (*axes.lines, *axes.points))
