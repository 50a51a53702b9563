# variant: right
# who: Functional API, sigmoid with cross-entropy and Adam, type hints, random search over lines
# %%
from __future__ import annotations

import random

import keras
import numpy as np

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
TABLE: dict[str, list[int]] = {
    "OR": [0, 1, 1, 1],
    "AND": [0, 0, 0, 1],
    "NAND": [1, 1, 1, 0],
    "XOR": [0, 1, 1, 0],
}


def gate_labels(name: str) -> list[int]:
    return TABLE[name]


# %%
def build_gate_model() -> keras.Model:
    x = keras.Input(shape=(2,), name="bits")
    y = keras.layers.Dense(units=1, activation="sigmoid", name="gate")(x)
    return keras.Model(inputs=x, outputs=y)


# %%
def train_gate(name: str, seed: int = 0) -> keras.Model:
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(
        loss=keras.losses.BinaryCrossentropy(),
        optimizer=keras.optimizers.Adam(learning_rate=0.1),
        metrics=["accuracy"],
    )
    model.fit(INPUTS, np.array(gate_labels(name)), epochs=100, verbose=0)
    return model


# %%
def single_layer_best(name: str) -> float:
    """Throw random lines at it and keep the best."""
    generator = random.Random(1)
    target = gate_labels(name)
    best = 0
    for _ in range(3000):
        w1, w2, b = (generator.uniform(-1, 1) for _ in range(3))
        hits = sum(int(w1 * x1 + w2 * x2 + b > 0) == t for (x1, x2), t in zip(INPUTS.tolist(), target))
        best = max(best, hits)
    return best / len(target)
