"""What every case of the proof is made with: the list of them, small data, a small network."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from tests.engine.fastfit_trail import Trail

L = keras.layers
Case = Callable[[Trail, int], None]
CASES: list[Case] = []
NOT_DETERMINED: set[str] = set()  # cases that want TensorFlow without op determinism


def case(function: Case) -> Case:
    CASES.append(function)
    return function


def rows(seed: int, length: int = 37, width: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """x: (length, width) float32 in 0..1, y: (length,) 0 or 1."""
    x = np.random.default_rng(seed).random((length, width)).astype("f4")
    return x, (x.sum(1) > width / 2).astype("f4")


def dense(*inside: Any, width: int = 5, **compiled: Any) -> keras.Model:
    layers = [L.Input((width,)), L.Dense(8, activation="relu"), *inside, L.Dense(1, activation="sigmoid")]
    model = keras.Sequential(layers)
    model.compile(**{"optimizer": "adam", "loss": "binary_crossentropy", **compiled})
    return model
