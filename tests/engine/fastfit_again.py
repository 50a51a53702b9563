"""Several trainings in one program: of one network, of networks that are alike, and of some that only look alike."""

from __future__ import annotations

import threading
from typing import Any

import keras
import tensorflow as tf

from tests.engine.fastfit_case import L, case, dense, rows
from tests.engine.fastfit_trail import Trail


@case
def many_calls(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.1), metrics=["accuracy"])
    trail.predict(model, x[:1])
    trail.evaluate(model, x, y, batch_size=37)
    trail.state(model)
    for length, size in ((37, 8), (36, 9), (1, None)):
        trail.fit(model, x[:length], y[:length], epochs=2, batch_size=size)
        trail.evaluate(model, x[:length], y[:length], batch_size=size, steps=1)
        trail.predict(model, x[:length], batch_size=size)
    trail.note("one batch", model.train_on_batch(x, y))
    trail.note("one batch", model.test_on_batch(x, y))
    trail.note("one batch", model.predict_on_batch(x))
    trail.state(model)


@case
def frozen_and_compiled_again(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dense(4, activation="tanh"), L.Dropout(0.1), metrics=["accuracy"])
    trail.fit(model, x, y, epochs=2)
    model.layers[0].trainable = False
    trail.fit(model, x, y, epochs=2)
    model.compile("sgd", "mse", metrics=["mae"])
    trail.fit(model, x, y, epochs=2)
    model.layers[0].trainable = True
    trail.fit(model, x, y, epochs=2)
    model.compile(model.optimizer, "mse")
    trail.fit(model, x, y, epochs=2)


@case
def seeds_between_fits(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2), L.GaussianNoise(0.1, seed=seed))
    trail.fit(model, x, y, epochs=2, batch_size=8)
    tf.random.set_seed(seed + 1)
    trail.fit(model, x, y, epochs=2, batch_size=8)
    keras.utils.set_random_seed(0)
    trail.note("drawn between", exact_draws())
    trail.fit(model, x, y, epochs=2, batch_size=8)


def exact_draws() -> list[Any]:
    return [tf.random.normal([2]).numpy().tolist(), tf.random.shuffle(tf.range(9)).numpy().tolist()]


@case
def saved_loaded_cloned(trail: Trail, seed: int) -> None:
    import tempfile
    from pathlib import Path

    x, y = rows(seed)
    model = dense(L.Dropout(0.2), metrics=["accuracy"])
    trail.fit(model, x, y, epochs=2, batch_size=8)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "m.keras")
        model.save(path)
        loaded = keras.models.load_model(path)
    trail.fit(loaded, x, y, epochs=2, batch_size=8)
    clone = keras.models.clone_model(model)
    clone.set_weights(model.get_weights())
    clone.compile("adam", "mse")
    trail.fit(clone, x, y, epochs=2, batch_size=8)


@case
def in_threads(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    trails = [Trail(), Trail()]
    models = [dense(metrics=["accuracy"]), dense(L.Dense(3), optimizer="sgd")]
    threads = [
        threading.Thread(target=lambda t=t, m=m: t.fit(m, x, y, epochs=3, batch_size=8, watched=False))
        for t, m in zip(trails, models, strict=True)
    ]
    for thread in threads:
        thread.start()
        thread.join()
    for inner in trails:
        trail.steps += inner.steps
