"""What Keras' fit, evaluate and predict cost on four rows, as Keras has them and as graded programs run them.

``python -m tests.bench.fits``; the two are measured in turn in one process, on networks that start the same.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import click

FASTER = 8  # times, that a fit of many epochs must be


@dataclass(frozen=True)
class Line:
    """A line of the table; ``goal`` is "" where the figure is for information."""

    name: str
    stock_s: float
    ours_s: float
    goal: float = 0.0

    @property
    def times(self) -> float:
        return self.stock_s / self.ours_s

    def __str__(self) -> str:
        detail = f"{self.name} ({self.stock_s:.3f} s / {self.ours_s:.3f} s)"
        verdict = "reached" if self.times >= self.goal else "NOT REACHED"
        return f"{detail:<68} {self.times:>12.1f}" + (f"   goal >= {self.goal:<7g} {verdict}" if self.goal else "")


class Ways:
    """Keras as it was and as `fastfit.apply` leaves it, to be changed to and fro."""

    def __init__(self) -> None:
        from keras.src.backend.tensorflow import trainer

        from grader.engine import fastfit

        self.classes = (trainer.TFEpochIterator, trainer.TensorFlowTrainer)
        self.stock = [dict(vars(one)) for one in self.classes]
        if not fastfit.apply():
            raise click.ClickException(str(fastfit.status()[1]))
        self.ours = [dict(vars(one)) for one in self.classes]

    @contextmanager
    def as_stock(self) -> Iterator[None]:
        """Inside, Keras is as it came."""
        self._become(self.ours, self.stock)
        yield
        self._become(self.stock, self.ours)

    def _become(self, now: list[dict[str, Any]], then: list[dict[str, Any]]) -> None:
        for one, mine, theirs in zip(self.classes, now, then, strict=True):
            for name in mine.keys() - theirs.keys():
                delattr(one, name)
            for name, value in theirs.items():
                if mine.get(name) is not value:
                    setattr(one, name, value)


def xor() -> tuple[Any, Any, Any]:
    """The lecture's network, compiled, and its four rows."""
    import keras
    import numpy as np

    keras.utils.set_random_seed(7)
    x, y = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], "f4"), np.array([[0], [1], [1], [0]], "f4")
    hidden, last = keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1, activation="sigmoid")
    model = keras.Sequential([keras.layers.Input((2,)), hidden, last])
    model.compile("rmsprop", "mse", metrics=["accuracy"])
    return model, x, y


def once(epochs: int) -> tuple[float, ...]:
    """Seconds of a new network's first fit, of ``epochs`` more, of evaluate and of predict."""
    model, x, y = xor()
    steps: tuple[Callable[[], Any], ...] = (
        lambda: model.fit(x, y, epochs=1, verbose=0),
        lambda: model.fit(x, y, epochs=epochs, verbose=0),
        lambda: model.evaluate(x, y, verbose=0),
        lambda: model.predict(x, verbose=0),
    )
    taken = []
    for step in steps:
        started = time.perf_counter()
        step()
        taken.append(time.perf_counter() - started)
    return tuple(taken)


def fits(rounds: int = 5, epochs: int = 1000) -> list[Line]:
    """Medians of ``rounds``, in turn; the first round of each, which loads what TensorFlow loads late, does not count."""
    from grader.engine import warm

    warm.load_modules()  # threads and determinism as a graded program has them
    ways = Ways()
    stock, ours = [], []
    for _ in range(1 + rounds):
        with ways.as_stock():
            stock.append(once(epochs if stock else 1))
        ours.append(once(epochs if ours else 1))
    medians = [[statistics.median(column) for column in zip(*side[1:], strict=True)] for side in (stock, ours)]
    names = (
        "first fit of a network",
        f"fit of {epochs} epochs on four rows, Keras / ours",
        "first evaluate",
        "first predict",
    )
    goals = (0, FASTER, 0, 0)
    return [Line(*line) for line in zip(names, *medians, goals, strict=True)]


@click.command()
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--epochs", type=click.IntRange(10), default=1000, show_default=True)
def main(rounds: int, epochs: int) -> None:
    """Measure, and print the table."""
    for line in fits(rounds, epochs):
        click.echo(str(line))


if __name__ == "__main__":
    main()
