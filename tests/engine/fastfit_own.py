"""Trainings with code of the learner's own in them: layers, losses, steps, callbacks, patches, mistakes."""

# ruff: noqa: T201, NPY002 - learners print, and draw as they were taught long ago
from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tests.engine.fastfit_case import L, case, dense, rows
from tests.engine.fastfit_trail import Trail


class Noise(L.Layer):
    """Draws from TensorFlow's own generator inside the traced step."""

    def call(self, x: Any, training: bool | None = None) -> Any:
        return x + tf.random.normal(tf.shape(x), stddev=0.1) if training else x


@case
def own_layer_own_loss(trail: Trail, seed: int) -> None:
    x, y = rows(seed, 20)
    model = dense(Noise(), optimizer="sgd", loss=lambda t, p: tf.reduce_mean(tf.square(t - p), axis=-1))
    trail.fit(model, x, y[:, None], epochs=3, batch_size=6, shuffle=False)
    trail.fit(model, x, y[:, None], epochs=2, batch_size=5)


class Break(keras.callbacks.Callback):
    """Ends an evaluation in the middle, a training in the middle of its third epoch."""

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        self.model.stop_evaluating = batch == 1

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.model.stop_training = batch == 2 and self.epoch == 2

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.epoch = epoch


@case
def broken_off(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2), metrics=["accuracy"])
    trail.fit(model, x, y, batch_size=4, epochs=9, validation_split=0.5, callbacks=[Break()])
    trail.fit(model, x, y, batch_size=4, epochs=2)


class Fail(keras.callbacks.Callback):
    """Raises in the second epoch."""

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        if logs["loss"] >= 0 and self.params["epochs"] == 4 and self.model.optimizer.iterations > 6:
            raise ValueError("enough")


@case
def a_callback_raises(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2))
    trail.fit(model, x, y, batch_size=8, epochs=4, callbacks=[Fail()])
    trail.fit(model, x, y, batch_size=8, epochs=2)


class Own(keras.Model):
    def __init__(self) -> None:
        super().__init__()
        self.one, self.drop, self.two = L.Dense(6, activation="relu"), L.Dropout(0.2), L.Dense(1)

    def call(self, x: Any, training: bool | None = None) -> Any:
        return self.two(self.drop(self.one(x), training=training))


@case
def subclassed(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = Own()
    model.compile("adam", "mse", metrics=["mae"])
    trail.fit(model, x, y, epochs=3, batch_size=8, validation_split=0.25)
    trail.predict(model, x)


class OwnStep(Own):
    """As in Keras' guide, with a metric of its own and a print that tells how often it was traced."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = keras.metrics.Mean(name="seen")

    def train_step(self, data: Any) -> Any:
        print("traced")
        x, y = data
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(self(x, training=True)[:, 0] - y)) + tf.random.uniform([]) * 0
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        self.seen.update_state(loss)
        return {"seen": self.seen.result(), "noise": tf.random.uniform([])}

    @property
    def metrics(self) -> Any:
        return [self.seen]


@case
def own_train_step(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = OwnStep()
    model.compile("adam")
    trail.fit(model, x, y, epochs=3, batch_size=8)
    trail.fit(model, x, y, epochs=2, batch_size=8)


class ReadsAll(Own):
    """Its own function of a step reads the iterator to its end."""

    def make_train_function(self, force: bool = False) -> Any:
        def all_of_them(iterator: Any) -> Any:
            losses = [self.train_step(batch)["loss"] for batch in iterator]
            return {"loss": losses[-1], "batches": len(losses)}

        self.train_function = all_of_them
        return all_of_them


@case
def own_train_function(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = ReadsAll()
    model.compile("adam", "mse")
    trail.fit(model, x, y, epochs=2, batch_size=8)
    plain = dense()
    plain.train_function = ReadsAll.make_train_function(plain)
    trail.fit(plain, x, y, epochs=2, batch_size=8)


@case
def own_functions_that_print(trail: Trail, seed: int) -> None:
    x, y = rows(seed)

    def told(name: str, function: Any) -> Any:
        def f(*args: Any) -> Any:
            print(name, np.random.random())
            return function(*args)

        return f

    for inside, compiled in (
        (L.Dense(3, activation=told("activation", tf.nn.relu)), {}),
        (L.Dense(3, kernel_regularizer=told("regularizer", tf.reduce_sum)), {}),
        (L.Lambda(told("lambda", tf.nn.relu)), {}),
        (L.Dense(3), {"loss": told("loss", keras.losses.mean_squared_error)}),
        (L.Dense(3), {"metrics": [told("metric", keras.losses.mean_squared_error)]}),
    ):
        model = dense(inside, **compiled)
        trail.fit(model, x, y[:, None], epochs=1, batch_size=16)


@case
def patched_by_hand(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2))
    inner = model.layers[0].call
    model.layers[0].call = lambda *a, **k: (print("called"), inner(*a, **k))[1]
    trail.fit(model, x, y, epochs=2)
    stock = keras.Model.fit
    keras.Model.fit = lambda self, *a, **k: (print("mine"), stock(self, *a, **{**k, "epochs": 1}))[1]
    try:
        trail.fit(dense(), x, y, epochs=3)
    finally:
        keras.Model.fit = stock
    step = keras.Model.train_step
    keras.Model.train_step = lambda self, data: (print("step"), step(self, data))[1]
    try:
        trail.fit(dense(), x, y, epochs=2)
    finally:
        keras.Model.train_step = step


@case
def wrong_calls(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    for model, target in (
        (dense(metrics=["accuracy", "no such metric"]), y),
        (dense(loss="no such loss"), y),
        (dense(loss={"other": "mse"}), y),
        (dense(loss="categorical_crossentropy"), keras.utils.to_categorical(y)),
        (dense(width=4, metrics=["no such metric"]), y),
        (keras.Sequential([L.Conv2D(2, 3), L.Dense(1)]), y),
        (keras.Sequential([L.Dense(3), L.Reshape((7,)), L.Dense(1)]), y),
    ):
        if not model.compiled:
            model.compile("adam", "mse", metrics=["no such metric"])
        # what a failed trace leaves of the optimizer is not compared: Keras' own is variables of a lost graph
        trail.run("fit", lambda m=model, t=target: m.fit(x, t, epochs=1, verbose=0))
    trail.fit(dense(metrics=["accuracy"]), x, y, epochs=1)
