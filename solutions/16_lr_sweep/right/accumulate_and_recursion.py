# variant: right
# who: itertools and recursion, typed, returns figure and axes
# %%
from __future__ import annotations

from itertools import accumulate, repeat

import matplotlib.pyplot as plt
from matplotlib.gridspec import GridSpec


# %%
def descend(lr: float, start: float = 2.0, steps: int = 9) -> tuple[tuple[float, ...], tuple[float, ...]]:
    xs = tuple(accumulate(repeat(lr, steps), lambda x, rate: x - rate * (x + x), initial=start))
    return xs, tuple(x * x for x in xs)


# %%
NAMES = ("diverges", "oscillates", "slow", "good")


def classify(lr: float) -> str:
    xs, _ = descend(lr)
    tests = (
        abs(xs[-1]) > abs(xs[0]),
        any(a * b < 0 for a, b in zip(xs, xs[1:])),
        abs(xs[-1] / xs[0]) > 1 / 2,
        True,
    )
    return NAMES[tests.index(True)]


# %%
def plot_sweep(learning_rates):
    figure = plt.figure(layout="constrained")
    grid = GridSpec(2, 2, figure=figure)
    curve = [i / 10 for i in range(-22, 23)]
    axes = []
    for cell, lr in zip(grid, learning_rates):
        ax = figure.add_subplot(cell)
        ax.scatter(curve, [x * x for x in curve], s=1)
        ax.scatter(*descend(lr))
        ax.set_title(f"lr={lr}", loc="left")
        axes.append(ax)
    return figure, axes


# %%
def descend_two_valleys(start: float, lr: float = 0.01, steps: int = 300) -> float:
    if steps == 0:
        return start
    return descend_two_valleys(start - lr * (4 * start**3 - 4 * start + 0.5), lr, steps - 1)
