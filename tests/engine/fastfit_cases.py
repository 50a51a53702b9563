"""Trainings whose every number is printed as a hash. Run as a program: ``fastfit_cases.py stock|fast SEEDS``."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from grader.engine import fastfit

L = keras.layers
Case = tuple[keras.Model, dict[str, Any]]


def xor(_: int) -> Case:
    x, y = np.array([[0, 0], [1, 0], [0, 1], [1, 1]]), np.array([[0], [1], [1], [0]])
    model = keras.Sequential([L.Input((2,)), L.Dense(8, activation="relu"), L.Dense(1, activation="sigmoid")])
    model.compile("rmsprop", "mse", metrics=["acc"])
    return model, {"x": x, "y": y, "epochs": 5}


def partial_batches(seed: int) -> Case:
    draw = np.random.default_rng(seed)
    x = draw.random((37, 5)).astype("f4")
    y = (x.sum(1) > 2.5).astype("f4")
    model = keras.Sequential(
        [
            L.Input((5,)),
            L.Dense(8, activation="relu"),
            L.Dropout(0.3),
            L.BatchNormalization(),
            L.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy", keras.metrics.AUC()])
    return model, {
        "x": x,
        "y": y,
        "epochs": 4,
        "batch_size": 8,
        "validation_split": 0.2,
        "class_weight": {0: 1.0, 1: 2.0},
    }


def small_cnn(seed: int) -> Case:
    draw = np.random.default_rng(seed)
    x, y = draw.random((30, 8, 8, 1)).astype("f4"), draw.integers(0, 3, 30)
    model = keras.Sequential(
        [
            L.Input((8, 8, 1)),
            L.RandomFlip(),
            L.Conv2D(4, 3),
            L.MaxPooling2D(),
            L.Flatten(),
            L.Dropout(0.5),
            L.Dense(3, activation="softmax"),
        ]
    )
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    return model, {
        "x": x,
        "y": y,
        "epochs": 3,
        "batch_size": 16,
        "validation_data": (x[:10], y[:10]),
        "callbacks": [stop],
    }


def functional(seed: int) -> Case:
    draw = np.random.default_rng(seed)
    a, b = draw.random((33, 4)).astype("f4"), draw.random((33, 3)).astype("f4")
    y = {"p": draw.random((33, 1)).astype("f4"), "q": draw.random((33, 2)).astype("f4")}
    one, two = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    hidden = L.GaussianNoise(0.1)(L.Dense(8, activation="tanh")(L.Concatenate()([one, two])))
    model = keras.Model({"a": one, "b": two}, {"p": L.Dense(1, name="p")(hidden), "q": L.Dense(2, name="q")(hidden)})
    model.compile("adam", {"p": "mse", "q": "mae"})
    return model, {"x": {"a": a, "b": b}, "y": y, "epochs": 3, "batch_size": 10, "shuffle": "batch"}


class Noise(L.Layer):
    """Draws from TensorFlow's own generator inside the traced step."""

    def call(self, x: Any, training: bool | None = None) -> Any:
        return x + tf.random.normal(tf.shape(x), stddev=0.1) if training else x


def own_random_layer(seed: int) -> Case:
    draw = np.random.default_rng(seed)
    x, y = draw.random((20, 3)).astype("f4"), draw.random((20, 1)).astype("f4")
    model = keras.Sequential([L.Input((3,)), Noise(), L.Dense(4, activation="relu"), L.Dense(1)])
    model.compile("sgd", lambda t, p: tf.reduce_mean(tf.square(t - p), axis=-1))
    return model, {"x": x, "y": y, "epochs": 4, "batch_size": 6, "shuffle": False}


class Break(keras.callbacks.Callback):
    """Ends an evaluation in the middle, and the training after three epochs."""

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        self.model.stop_evaluating = batch == 1

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.model.stop_training = epoch == 2


def broken_off(seed: int) -> Case:
    model, fit = partial_batches(seed)
    return model, {**fit, "callbacks": [Break()], "validation_split": 0.5, "batch_size": 4, "epochs": 9}


CASES: tuple[Callable[[int], Case], ...] = (xor, partial_batches, small_cnn, functional, own_random_layer, broken_off)


def digest(case: Callable[[int], Case], seed: int) -> str:
    """Of the weights, the optimizer's state, two histories, an evaluation and a prediction."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    model, fit = case(seed)
    first = model.fit(verbose=0, **fit).history
    parts: list[Any] = [first, model.evaluate(fit["x"], fit["y"], verbose=0)]
    parts += [np.asarray(p).tobytes() for p in tf.nest.flatten(model.predict(fit["x"], verbose=0))]
    parts.append(model.fit(verbose=0, **{**fit, "epochs": 2}).history)
    parts += [v.numpy().tobytes() for v in (*model.variables, *model.optimizer.variables)]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def main() -> None:
    mode, seeds = sys.argv[1], range(int(sys.argv[2]))
    applied = fastfit.apply() if mode == "fast" else False
    digests = {case.__name__: [digest(case, seed) for seed in seeds] for case in CASES}
    json.dump({"applied": applied, "digests": digests}, sys.stdout)


if __name__ == "__main__":
    main()
