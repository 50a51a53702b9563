"""Networks that are alike, whose step is traced once, and networks that only look alike, or whose data change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tests.engine.fastfit_case import L, case, dense, rows
from tests.engine.fastfit_trail import Trail


@case
def alike_from_several_starts(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    for again in range(3):
        keras.utils.set_random_seed(seed + again)
        model = dense(L.Dropout(0.2), optimizer=keras.optimizers.RMSprop(0.01 * (1 + again)), metrics=["accuracy"])
        stop = keras.callbacks.EarlyStopping("loss", patience=0, min_delta=0.05)
        trail.fit(model, x, y, epochs=3, batch_size=8, validation_split=0.2, callbacks=[stop])
        trail.fit(model, x, y, epochs=2, batch_size=8, verbose=2)
        trail.predict(model, x)


@case
def alike_with_other_data(trail: Trail, seed: int) -> None:
    """The second network's data take another shape in the middle; so do the kinds of numbers, weights and sources."""
    x, y = rows(seed, 32)
    data = tf.data.Dataset.from_tensor_slices((x, y)).batch(8)
    for again in range(2):
        model = dense(metrics=["accuracy"])
        trail.fit(model, x, y, epochs=2, batch_size=8)
        if again:
            trail.fit(model, x[:30], y[:30], epochs=2, batch_size=8)
            trail.fit(model, x, y, epochs=1, batch_size=8, class_weight={0: 1.0, 1: 3.0})
            trail.fit(model, x, y, epochs=2, batch_size=8, steps_per_epoch=3)
            trail.fit(model, data, epochs=1)
            trail.fit(model, x, y[:, None].astype("i8"), epochs=1, batch_size=8)
        trail.fit(model, x, y, epochs=1, batch_size=8)
    for kind in ("f8", "i4"):
        trail.fit(dense(metrics=["accuracy"]), (9 * x).astype(kind), y.astype(kind), epochs=2, batch_size=8)


def decaying(*names: str) -> keras.optimizers.Optimizer:
    optimizer = keras.optimizers.AdamW(0.01, weight_decay=0.5)
    optimizer.exclude_from_weight_decay(var_names=list(names))
    return optimizer


def variants() -> Iterator[keras.Model]:
    """Networks that differ from the first in one thing that decides what a step computes."""
    o = keras.optimizers
    for how in (
        {"optimizer": o.SGD(0.1, momentum=0.9)},
        {"optimizer": o.SGD(0.1, momentum=0.9, nesterov=True)},
        {"optimizer": o.Adam(0.01)},
        {"optimizer": o.Adam(0.01, clipvalue=1e-4)},
        {"optimizer": o.SGD(o.schedules.ExponentialDecay(0.1, 10, 0.9))},
        {"optimizer": o.SGD(o.schedules.ExponentialDecay(0.001, 10, 0.9))},
        {"optimizer": decaying("bias")},
        {"optimizer": decaying("kernel")},
        {"loss": "mse", "metrics": ["mse", "accuracy"]},
        {"loss": "mse", "metrics": ["accuracy", "mse"]},
    ):
        yield dense(**how)
    for layer in (
        L.Dropout(0.2, seed=1),
        L.Dropout(0.6, seed=2),
        L.Dense(8, activation="relu", name="tanh"),
        L.Dense(8, activation="tanh", name="relu"),
        L.BatchNormalization(momentum=0.5),
        L.BatchNormalization(momentum=0.9, trainable=False),
        L.Dense(8, activity_regularizer="l2"),
        L.Dropout(np.float32(0.3)),
        L.Dense(8),
    ):
        yield dense(layer)


@case
def almost_alike(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    for model in variants():
        trail.fit(model, x, y[:, None], epochs=2, batch_size=8)


def branched(swapped: bool) -> keras.Model:
    """Two branches of the same layers, joined in one order or the other."""
    x = keras.Input((5,))
    one, two = L.Dense(4, activation="relu")(x), L.Dense(4, activation="tanh")(x)
    out = L.Dense(1)(L.Subtract()([two, one] if swapped else [one, two]))
    model = keras.Model(x, out)
    model.compile("sgd", "mse")
    return model


def skipping(order: tuple[int, int]) -> keras.Model:
    """Of layers on the list alone; ``order``: which of two comes first."""
    x = keras.Input((5,))
    layers = [L.Dense(5, activation="relu"), L.Dense(5, activation="tanh")]
    model = keras.Model(x, L.Dense(1)(layers[order[1]](layers[order[0]](x))))
    model.compile("sgd", "mse", metrics=["mae"])
    return model


@case
def alike_in_other_order(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    for swapped in (False, True):
        trail.fit(branched(swapped), x, y[:, None], epochs=2, batch_size=8)
    for order in ((0, 1), (1, 0)):
        trail.fit(skipping(order), x, y[:, None], epochs=2, batch_size=8)


@case
def alike_but_changed_by_hand(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    for change in range(7):
        model = dense(L.Dense(4, activation="relu"), L.Dropout(0.1), optimizer=keras.optimizers.RMSprop(0.01))
        if change == 1:
            model.layers[1].activation = keras.activations.tanh
        elif change == 2:
            model.layers[2].rate = 0.7
        elif change == 3:
            model.layers[0].trainable = False
        elif change == 4:
            model.optimizer.rho = 0.1
        elif change == 5:
            model.optimizer.learning_rate = 0.5
        elif change == 6:
            model.layers[1].bias = None
        trail.fit(model, x, y, epochs=2, batch_size=8)
        model.layers[0].set_weights([w * 2 for w in model.layers[0].get_weights()])
        trail.fit(model, x, y, epochs=2, batch_size=8)
        if change in (0, 2):
            model.compile("sgd", "mse", metrics=["mae"])
            trail.fit(model, x, y, epochs=2, batch_size=8)


@case
def alike_and_broken_off(trail: Trail, seed: int) -> None:
    x, y = rows(seed)

    class Enough(keras.callbacks.Callback):
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            if batch == 2:
                raise ValueError("enough")

    for callbacks in ([], [Enough()], []):
        model = dense(metrics=["accuracy"])
        trail.fit(model, x, y, epochs=2, batch_size=8, callbacks=callbacks)
        trail.fit(model, x, y, epochs=2, batch_size=8)
        trail.note("one batch", model.train_on_batch(x, y))
        tf.config.run_functions_eagerly(True)
        try:
            trail.fit(model, x, y, epochs=1, batch_size=8)
        finally:
            tf.config.run_functions_eagerly(False)


@case
def alike_with_images(trail: Trail, seed: int) -> None:
    draw = np.random.default_rng(seed)
    x, y = draw.random((18, 6, 6, 1)).astype("f4"), keras.utils.to_categorical(draw.integers(0, 3, 18), 3)
    for again in range(2):
        inside = [L.Conv2D(3, 3, padding="same"), L.BatchNormalization(), L.Activation("relu"), L.MaxPooling2D()]
        model = keras.Sequential([L.Input((6, 6, 1)), *inside, L.Flatten(), L.Dense(3, activation="softmax")])
        model.compile("adam", "categorical_crossentropy", metrics=["accuracy"])
        trail.fit(model, x, y, epochs=2, batch_size=6 + again, validation_data=(x[:5], y[:5]))
