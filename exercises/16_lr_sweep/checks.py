"""Public checks of lr_sweep."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from grader.authoring import BrokenProgram, Curve, Figure, Show, Student, check, expect, listed_steps

Array = np.ndarray
RATES = (0.001, 0.1, 0.5, 0.9)
NUMBER = re.compile(r"\d+\.?\d*(?:e[-+]?\d+)?|\.\d+", re.IGNORECASE)
# A derivative that is found numerically, (f(x + h) - f(x)) / h with h = 1e-4, leads h / 2 beside the exact path.
NEAR = 1e-4
ENOUGH_NAMES = 3  # of four
MOST_POINTS = 1000  # of a path that is looked for in a figure


def walk(lr: float, start: float = 2.0, steps: int = 9, slope: Callable[[float], float] = lambda x: 2 * x) -> Array:
    """Positions of gradient descent, the start first."""
    xs = [np.float64(start)]
    for _ in range(steps):
        xs.append(xs[-1] - lr * slope(xs[-1]))
    return np.asarray(xs)


def path(xs: Array) -> Array:
    """Positions and heights, one row each."""
    return np.stack([xs, xs**2])


@check(points=1)
def lecture_sweep(student: Student, show: Show) -> None:
    """descend follows the four learning rates of the lecture"""
    parabola = np.linspace(-2.2, 2.2, 45)
    panels = {}
    for lr in RATES:
        theirs = as_path(student.descend(lr))
        own = [] if theirs is None else [Curve("yours", theirs[0], theirs[1], marks=True)]
        right = path(walk(lr))
        expected = Curve("expected", right[0], right[1], role="expected", marks=True)
        panels[f"lr = {lr}"] = [Curve("y = x²", parabola, parabola**2, role="other"), expected, *own]
    show.panels("sweep", panels, x_label="x", y_label="y")
    for lr in (0.1, 0.9, 0.5, 0.001):
        expect_path(student.descend(lr), lr)


@check(points=1)
def names_the_rates(student: Student) -> None:
    """classify names the five examples as its docstring does"""
    expect_names(student, ((0.001, "slow"), (0.1, "good"), (0.5, "good"), (0.9, "oscillates"), (1.1, "diverges")))


@check(points=1)
def four_panels(student: Student) -> None:
    """plot_sweep draws a titled subplot for each of the four learning rates"""
    figure = figure_of(student, RATES)
    expect_panels(figure, RATES)
    unlike = [lr for lr in RATES if not shows_descent(figure, lr, student)]
    if unlike:
        figure = figure_of(student, RATES)  # once more, so that the report shows this call and not shows_descent's
    same = sum(shows(figure, lr, path(walk(0.9))) for lr in RATES) > 1
    mistake = "same_in_every_panel" if same else why_unlike(figure, unlike)
    expect.that(not unlike and not same, "other_points", rates=listed(unlike or RATES), mistake=mistake)
    bare = [lr for lr in RATES if not has_curve(figure, lr)]
    expect.that(not bare, "no_curve", rates=listed(bare))


@check(points=1)
def start_decides(student: Student, show: Show) -> None:
    """descend_two_valleys ends in the valley that the start leads to"""
    starts = (-0.5, 0.5, -1.5, 1.5)
    ends = [number_of(student.descend_two_valleys(start)) for start in starts]
    x = np.linspace(-1.7, 1.7, 86)
    curves = [Curve("f(x)", x, height(x), role="other")]
    for start, end in zip(starts, ends, strict=True):
        if end is not None:
            curves.append(Curve(f"{start} → {end:.3g}", [start, end], [height(start), height(end)], marks=True))
    show.curves("valleys", curves, x_label="x", y_label="f(x)")
    for start in starts:
        expect_valley(student.descend_two_valleys(start), start)


def height(x: Any) -> Any:
    """The curve with two valleys."""
    return x**4 - 2 * x**2 + 0.5 * x


def slope(x: float) -> float:
    return 4 * x**3 - 4 * x + 0.5


def as_path(answer: Any) -> Array | None:
    """Two rows of numbers that can be drawn, or None."""
    try:
        rows = [[float(np.real(v)) for v in row] for row in answer]
    except (TypeError, ValueError, OverflowError):
        return None
    return np.asarray(rows) if len(rows) == 2 and len(rows[0]) == len(rows[1]) else None


def number_of(answer: Any) -> float | None:
    """A number that fits into the picture, or None."""
    try:
        value = float(np.real(answer))
    except (TypeError, ValueError, OverflowError):
        return None
    return value if abs(value) < 3 else None


def expect_path(answer: Any, lr: float) -> None:
    """The pair (xs, ys) of ten points each."""
    xs = walk(lr)
    got = as_path(answer)
    points = 0 if got is None else got.shape[1]
    mistakes = {
        "start_lost": lambda: path(xs)[:, 1:],
        "start_twice": lambda: path(np.concatenate([xs[:1], xs])),
        "only_positions": lambda: xs,
        "pairs": lambda: path(xs).T,
        "stops_when_it_arrives": lambda: path(xs[:2]) if abs(xs[1]) < NEAR else None,
        "stops_after_one": lambda: path(xs[:2]),
        "step_count": lambda: path(walk(lr, steps=points - 1)) if points > 2 else None,
        "kept_from_before": lambda: got if points > 10 and np.allclose(got[:, -10:], path(xs), atol=NEAR) else None,
        "one_variable": lambda: path(np.full(10, xs[-1])),
        "height_of_old": lambda: np.stack([xs, np.concatenate([xs[:1], xs[:-1]]) ** 2]),
        "derivative_x": lambda: path(walk(lr, slope=lambda x: x)),
        "derivative_two": lambda: path(walk(lr, slope=lambda _: 2.0)),
        "derivative_square": lambda: path(walk(lr, slope=lambda x: x**2)),
        "uphill": lambda: path(walk(lr, slope=lambda x: -2 * x)),
        "rate_forgotten": lambda: path(walk(1.0)),
        "heights_first": lambda: path(xs)[::-1],
        "whole_numbers": lambda: path(in_whole_numbers(lr)),
        "rounded": lambda: rounded(got, lr),
    }
    expect.tensor(
        answer,
        path(xs),
        rtol=NEAR,
        atol=NEAR,
        mistakes=mistakes if answer is not None else {"nothing_returned": lambda: None},
        steps=listed_steps([f"xs[{i}], ys[{i}]" for i in range(len(xs))], path(xs).T, point_by_point),
    )


def in_whole_numbers(lr: float) -> Array:
    """The positions in an array of ints, which drops the fraction of every one."""
    xs = [2]
    for _ in range(9):
        xs.append(int(xs[-1] - lr * 2 * xs[-1]))
    return np.asarray(xs)


def rounded(got: Array | None, lr: float) -> Array | None:
    """The answer, if all that it lacks is digits: up to the third, at every step or at the end."""
    near = got is not None and got.shape == (2, 10) and np.allclose(got, path(walk(lr)), atol=0.05)
    return got if near and any(np.array_equal(np.round(got[0], n), got[0]) for n in (1, 2, 3)) else None


def point_by_point(answer: Any) -> Array | None:
    """A row (x, y) for each point of a path."""
    got = as_path(answer)
    return None if got is None else got.T


def expect_names(student: Student, rates: Sequence[tuple[float, str]]) -> None:
    """The name of each rate: of the true descent, or of the learner's own where that is wrong, as another check says.

    Of a descent that nearly always does the same nothing can be told, so that one is not taken.
    """
    own: list[str] = []
    for i, (lr, name) in enumerate(rates):
        answer = student.classify(lr)
        if said(answer) == name:
            continue
        own = own or [named_by(student, other) for other, _ in rates]
        if len({*own} - {""}) < ENOUGH_NAMES or said(answer) != own[i]:
            expect_name(student.classify(lr), name)


def said(answer: Any) -> str:
    return answer.strip().casefold() if isinstance(answer, str) else ""


def named_by(student: Student, lr: float) -> str:
    """What the docstring of classify calls the way of the learner's own descend; "" where there is none."""
    try:
        answer = student.descend(lr)
    except BrokenProgram:
        return ""
    both = as_path(answer)
    xs = np.asarray(numbers_of(answer)) if both is None else both[0]
    if xs.size < 2 or not np.isfinite(xs).all():
        return ""
    if abs(xs[-1]) > abs(xs[0]):
        return "diverges"
    if (xs[:-1] * xs[1:] < 0).all():
        return "oscillates"
    return "slow" if xs[-1] * xs[0] > 0 and abs(xs[-1]) > abs(xs[0]) / 2 else "good"


def numbers_of(answer: Any) -> list[float]:
    """The positions alone, where no pair came."""
    try:
        return [float(np.real(v)) for v in answer]
    except (TypeError, ValueError, OverflowError):
        return []


def expect_name(answer: Any, name: str) -> None:
    """One of the four words."""
    words = {"slow", "good", "oscillates", "diverges"} - {name}
    given = said(answer)
    named = {
        "good": {"oscillates": "landing_is_no_crossing"},
        "slow": {"good": "slowness_missed"},
        "oscillates": {"good": "oscillation_missed", "slow": "oscillation_missed", "diverges": "crossing_is_no_growth"},
        "diverges": dict.fromkeys(words, "growth_missed"),
    }
    key = named.get(name, {}).get(given, "")
    expect.text(answer, name, mistakes={key: lambda: answer} if key else None)


def expect_valley(answer: Any, start: float) -> None:
    """The place where 300 steps from ``start`` end; within 1e-3, as the last steps are tiny."""
    end = walk(0.01, start, 300, slope)[-1]
    mistakes = {
        "always_left": lambda: walk(0.01, -1.5, 300, slope)[-1],
        "uphill": lambda: walk(0.01, start, 300, lambda x: -slope(x))[-1],
        "tilt_forgotten": lambda: walk(0.01, start, 300, lambda x: 4 * x**3 - 4 * x)[-1],
        "height_not_place": lambda: height(end),
        "height_too": lambda: np.array([end, height(end)]),
        "whole_way": lambda: walk(0.01, start, 300, slope),
        "stops_after_one": lambda: walk(0.01, start, 1, slope)[-1],
        "square_term": lambda: walk(0.01, start, 300, lambda x: 4 * x**3 - 2 * x + 0.5)[-1],
        "descent_of_x_squared": lambda: walk(0.01, start, 300)[-1],
    }
    expect.number(answer, end, rtol=0, atol=1e-3, mistakes=mistakes)


def figure_of(student: Student, rates: Sequence[float]) -> Figure:
    """The figure that came back, alone or with its axes, else the one that was left open."""
    answer = student.plot_sweep(list(rates))
    several = answer if isinstance(answer, (list, tuple)) else [answer]
    figure = next((a for a in several if isinstance(a, Figure)), None)
    return expect.figure(figure or student.figure() or answer)


def expect_panels(figure: Figure, rates: Sequence[float]) -> None:
    """Four subplots in two rows of two, each with its rate in the title."""
    panels = [axes for axes in figure.axes if axes.lines or axes.points]
    crowded = len(panels) == 1 and len(panels[0].lines) + len(panels[0].points) >= len(rates)
    expect.that(
        len(panels) == len(rates), "other_count", count=len(panels), mistake="all_in_one_panel" if crowded else ""
    )
    grids = sorted({(axes.nrows, axes.ncols) for axes in panels if axes.position is not None})
    expect.that(grids in ([], [(2, 2)]), "other_grid", grids=", ".join(f"{r} x {c}" for r, c in grids))
    in_titles = [number for axes in panels for number in titled(axes.title)]
    untitled = [lr for lr in rates if lr not in in_titles]
    strange = [
        n for n in in_titles if min(abs(n - lr) for lr in rates) > 0.05
    ]  # 0.00 for 0.001 is rounded, not strange
    mistake = "other_rates" if strange and len(untitled) < len(rates) else ""
    found = ", ".join(f"“{axes.title}”" for axes in panels)
    expect.that(not untitled, "no_title", rates=listed(untitled), found=found, mistake=mistake)


def titled(title: str) -> list[float]:
    """The numbers in a title, however it is spelled."""
    return [float(number) for number in NUMBER.findall(title)]


def listed(rates: Sequence[float]) -> str:
    """For a message."""
    return ", ".join(map(str, rates))


def shows_descent(figure: Figure, lr: float, student: Student) -> bool:
    """Whether the panel of ``lr`` has its points.

    The learner's own are as good: if those are wrong, another check says so.
    """
    if shows(figure, lr, path(walk(lr))):
        return True
    own = as_path(student.descend(lr))
    return own is not None and 1 < own.shape[1] <= MOST_POINTS and shows(figure, lr, own)


def why_unlike(figure: Figure, unlike: Sequence[float]) -> str:
    """The mistake by which these rates have not their points, or ""."""
    for other in (0.9, 0.1, 0.001):
        if sum(shows(figure, lr, path(walk(other))) for lr in unlike) > 1:
            return "same_in_every_panel"
    counted = np.arange(10.0)
    if any(shows(figure, lr, np.stack([counted, row])) for lr in unlike for row in path(walk(lr))):
        return "drawn_over_steps"
    return "curve_only" if all(is_dense(*mark) for lr in unlike for mark in drawn(figure, lr)) else ""


def shows(figure: Figure, lr: float, points: Array) -> bool:
    """Whether every one of ``points`` is drawn in a panel titled ``lr``, in whatever order and style."""
    marks = [mark for mark in drawn(figure, lr) if not is_dense(*mark)]
    if not marks:
        return False
    x, y = (np.concatenate(part) for part in zip(*marks, strict=True))
    return all(np.hypot(x - px, y - py).min() < 1e-3 * (1 + abs(py)) for px, py in points.T)


def has_curve(figure: Figure, lr: float) -> bool:
    """Whether the panel of ``lr`` has a good part of y = x², drawn in one direction, as a descent that jumps across 0 is not."""
    for x, y in drawn(figure, lr):
        if x.size == 10 and np.allclose(x, walk(lr), rtol=1e-3):  # the descent itself, where it goes one way
            continue
        one_way = bool((np.diff(x) > 0).all() or (np.diff(x) < 0).all())
        if x.size >= 5 and one_way and x.max() - x.min() > 1.5 and np.allclose(y, x**2, atol=1e-3):
            return True
    return False


def drawn(figure: Figure, lr: float) -> Iterator[tuple[Array, Array]]:
    """x and y of every line and scatter plot under a title with ``lr``, without gaps."""
    for axes in figure.axes:
        for item in (*axes.lines, *axes.points) if lr in titled(axes.title) else ():
            kept = np.isfinite(item.x) & np.isfinite(item.y)
            if kept.any():
                yield item.x[kept], item.y[kept]


def is_dense(x: Array, y: Array) -> bool:
    """Whether this is the curve y = x² itself: many points at even distances."""
    even = x.size > 11 and np.allclose(np.diff(x), x[1] - x[0], rtol=1e-3, atol=1e-6)
    return bool(even and np.allclose(y, x**2, atol=1e-3))
