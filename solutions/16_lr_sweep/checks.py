"""Hidden checks of lr_sweep."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from public_checks import expect_names

from grader.authoring import Figure, Student, check, expect

Array = np.ndarray
LECTURE_RATES = [0.001, 0.1, 0.5, 0.9]
NUMBER = re.compile(r"\d+\.?\d*(?:e[-+]?\d+)?|\.\d+", re.IGNORECASE)
NEAR = 1e-4  # a derivative that is found numerically with h = 1e-4 leads h / 2 beside the exact path
MOST_POINTS = 1000  # of a path that is looked for in a figure


def walk(lr: float, start: float, steps: int, slope: Callable[[float], float] = lambda x: 2 * x) -> Array:
    """Positions of gradient descent, the start first."""
    xs = [np.float64(start)]
    for _ in range(steps):
        xs.append(xs[-1] - lr * slope(xs[-1]))
    return np.asarray(xs)


def two_valleys(x: float) -> float:
    return 4 * x**3 - 4 * x + 0.5


def path(xs: Array) -> Array:
    """Positions and heights, one row each."""
    return np.stack([xs, xs**2])


@check(points=2, after="lecture_sweep")
def any_rate_start_steps(student: Student, rng: np.random.Generator) -> None:
    """descend takes any learning rate, any start on either side, any number of steps"""
    for lr, start, steps in (
        (drawn(rng, 0.05, 0.4), drawn(rng, 1.0, 5.0), int(rng.integers(2, 6))),
        (drawn(rng, 0.05, 0.4), -drawn(rng, 1.0, 5.0), int(rng.integers(10, 20))),
        (drawn(rng, 0.6, 0.95), drawn(rng, 3.0, 10.0), int(rng.integers(10, 20))),
        (drawn(rng, 0.6, 0.95), -drawn(rng, 0.2, 1.5), 1),
    ):
        expect_path(student.descend(lr, start, steps), lr, start, steps)


@check(points=1, after="lecture_sweep")
def from_one_on(student: Student, rng: np.random.Generator) -> None:
    """descend goes on where it does not arrive: 1.0 jumps to and fro, beyond it grows"""
    for lr, start, steps in ((1.0, 2.0, 9), (1.1, 2.0, 9), (drawn(rng, 1.05, 1.3), drawn(rng, 1.0, 3.0), 15)):
        # Where the steps grow, the h / 2 grows with them, so it stays a fraction of the position.
        expect_path(student.descend(lr, start, steps), lr, start, steps, rtol=1e-3)


@check(points=1, after="names_the_rates")
def names_any_rate(student: Student, rng: np.random.Generator) -> None:
    """classify names learning rates it has not seen"""
    # Inside the borders that the docstring draws: about 0.037, 0.5 and 1. Near them, too, as nobody is to guess them.
    ranges = (
        ("good", 0.12, 0.45), ("slow", 0.0002, 0.005), ("oscillates", 0.75, 0.95), ("diverges", 1.05, 1.3),
        ("slow", 0.02, 0.03), ("good", 0.05, 0.1), ("oscillates", 0.6, 0.72), ("diverges", 1.3, 1.6),
    )  # fmt: skip
    rates = [(round(float(rng.uniform(low, high)), 4), name) for name, low, high in ranges]
    for lr, name in rates:
        expect.that(student.classify(lr) is not None, "no_name", expected=name, mistake="only_examples")
    expect_names(student, rates)


@check(points=1, after="four_panels")
def draws_any_rates(student: Student, rng: np.random.Generator) -> None:
    """plot_sweep draws the learning rates that it is given"""
    ranges = ((0.02, 0.08), (0.15, 0.35), (0.55, 0.7), (0.8, 0.97))
    rates = [drawn(rng, *ranges[i]) for i in rng.permutation(4)]
    figure = figure_of(student, rates)
    in_titles = [number for axes in figure.axes for number in titled(axes.title)]
    untitled = [lr for lr in rates if lr not in in_titles]
    lecture = set(LECTURE_RATES) <= set(in_titles)
    found = ", ".join(f"“{axes.title}”" for axes in figure.axes)
    parts = {"rates": ", ".join(map(str, untitled)), "found": found}
    expect.that(not untitled, "no_title", mistake="rates_ignored" if lecture else "", **parts)
    own = {lr: as_path(student.descend(lr)) for lr in rates}
    figure = figure_of(student, rates)
    unlike = [lr for lr in rates if not shows(figure, lr, path(walk(lr, 2.0, 9))) and not shows(figure, lr, own[lr])]
    same = sum(shows(figure, lr, path(walk(max(rates), 2.0, 9))) for lr in rates) > 1
    shown = ", ".join(map(str, unlike or rates))
    expect.that(not unlike and not same, "other_points", rates=shown, mistake="same_in_every_panel" if same else "")


@check(points=1, after="start_decides")
def valleys_step_by_step(student: Student, rng: np.random.Generator) -> None:
    """descend_two_valleys from any start, with any learning rate, after any number of steps"""
    starts = (-drawn(rng, 0.1, 0.8), drawn(rng, 0.4, 0.8), -drawn(rng, 1.2, 1.6), drawn(rng, 1.1, 1.6))
    for start in starts:
        expect_valley(student.descend_two_valleys(start), start, 0.01, 300)
    for start in starts:
        lr, steps = round(float(rng.uniform(0.012, 0.03)), 3), int(rng.integers(3, 12))
        expect_valley(student.descend_two_valleys(start, lr, steps), start, lr, steps)


def drawn(rng: np.random.Generator, low: float, high: float) -> float:
    """Two decimals, so that every way to write the number in a title keeps it."""
    return round(float(rng.uniform(low, high)), 2)


def as_path(answer: Any) -> Array | None:
    """Two rows of numbers, or None."""
    try:
        rows = [[float(np.real(v)) for v in row] for row in answer]
    except (TypeError, ValueError, OverflowError):
        return None
    return np.asarray(rows) if len(rows) == 2 and len(rows[0]) == len(rows[1]) else None


def expect_path(answer: Any, lr: float, start: float, steps: int, rtol: float = NEAR) -> None:
    """The pair (xs, ys) of steps + 1 points each."""
    xs = walk(lr, start, steps)
    mistakes = {
        "start_ignored": lambda: path(walk(lr, 2.0, steps)),
        "steps_ignored": lambda: path(walk(lr, start, 9)),
        "stops_early": lambda: cut_short(answer, path(xs)),
    }
    expect.tensor(answer, path(xs), rtol=rtol, atol=NEAR, mistakes=mistakes)


def cut_short(answer: Any, right: Array) -> Array | None:
    """The beginning of the path, if that is what came."""
    got = as_path(answer)
    count = 0 if got is None else got.shape[1]
    return right[:, :count] if 0 < count < right.shape[1] else None


def expect_valley(answer: Any, start: float, lr: float, steps: int) -> None:
    """Where the descent ends, within 1e-3."""
    mistakes = {
        "rate_ignored": lambda: walk(0.01, start, steps, two_valleys)[-1],
        "steps_ignored": lambda: walk(lr, start, 300, two_valleys)[-1],
        "always_left": lambda: walk(0.01, -1.5, 300, two_valleys)[-1],
    }
    expect.number(answer, walk(lr, start, steps, two_valleys)[-1], rtol=0, atol=1e-3, mistakes=mistakes)


def figure_of(student: Student, rates: Sequence[float]) -> Figure:
    """The figure that came back, alone or with its axes, else the one that was left open."""
    answer = student.plot_sweep(list(rates))
    several = answer if isinstance(answer, (list, tuple)) else [answer]
    figure = next((a for a in several if isinstance(a, Figure)), None)
    return expect.figure(figure or student.figure() or answer)


def titled(title: str) -> list[float]:
    """The numbers in a title, however it is spelled."""
    return [float(number) for number in NUMBER.findall(title)]


def shows(figure: Figure, lr: float, points: Array | None) -> bool:
    """Whether every one of ``points`` is drawn in a panel titled ``lr``, in whatever order and style."""
    panels = [axes for axes in figure.axes if lr in titled(axes.title)]
    marks = [(i.x, i.y) for axes in panels for i in (*axes.lines, *axes.points) if not is_dense(i.x, i.y)]
    if not marks or points is None or not 1 < points.shape[1] <= MOST_POINTS:
        return False
    x, y = (np.concatenate(part) for part in zip(*marks, strict=True))
    x, y = (part[np.isfinite(x) & np.isfinite(y)] for part in (x, y))
    return bool(x.size) and all(np.hypot(x - px, y - py).min() < 1e-3 * (1 + abs(py)) for px, py in points.T)


def is_dense(x: Array, y: Array) -> bool:
    """Whether this is the curve y = x² itself: many points at even distances."""
    even = x.size > 11 and np.allclose(np.diff(x), x[1] - x[0], rtol=1e-3, atol=1e-6)
    return bool(even and np.allclose(y, x**2, atol=1e-3))
