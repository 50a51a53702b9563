"""Trainings as learners write them, each judged by its trail. As a program: ``fastfit_cases.py stock|fast PLACE all|CASE,… SEED …``."""

# ruff: noqa: T201, NPY002 - learners print, and draw as they were taught long ago
from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Callable
from typing import Any
from unittest import mock

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.eager import context

from grader.engine import fastfit, fastfit_batches, fastfit_order, plant
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


@case
def xor(trail: Trail, seed: int) -> None:
    x, y = np.array([[0, 0], [1, 0], [0, 1], [1, 1]]), np.array([[0], [1], [1], [0]])
    model = dense(width=2, optimizer="rmsprop", loss="mse", metrics=["acc"])
    trail.fit(model, x, y, epochs=6, verbose=2)
    trail.evaluate(model, x, y, verbose=1)
    trail.predict(model, x, verbose=1)
    trail.fit(model, x, y, epochs=2, verbose=1)


@case
def dropout_partial_batches_class_weight_split(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.3), L.BatchNormalization(), metrics=["accuracy", keras.metrics.AUC()])
    how = {"batch_size": 8, "validation_split": 0.2, "class_weight": {0: 1.0, 1: 2.0}}
    trail.fit(model, x, y, epochs=3, verbose=1, **how)
    trail.evaluate(model, x, y, batch_size=9)
    trail.predict(model, x, batch_size=9)
    trail.fit(model, x, y, epochs=5, initial_epoch=3, validation_freq=2, **how)


@case
def small_cnn_early_stopping(trail: Trail, seed: int) -> None:
    draw = np.random.default_rng(seed)
    x, y = draw.random((30, 8, 8, 1)).astype("f4"), draw.integers(0, 3, 30)
    inside = [L.RandomFlip(), L.Conv2D(4, 3), L.MaxPooling2D(), L.Flatten(), L.Dropout(0.5)]
    model = keras.Sequential([L.Input((8, 8, 1)), *inside, L.Dense(3, activation="softmax")])
    model.compile(keras.optimizers.SGD(0.1, momentum=0.9), "sparse_categorical_crossentropy", metrics=["accuracy"])
    stop = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    trail.fit(model, x, y, epochs=4, batch_size=16, validation_data=(x[:10], y[:10]), callbacks=[stop])
    trail.predict(model, x)


@case
def two_inputs_two_outputs(trail: Trail, seed: int) -> None:
    draw = np.random.default_rng(seed)
    x = {"a": draw.random((33, 4)).astype("f4"), "b": draw.random((33, 3)).astype("f4")}
    y = {"p": draw.random((33, 1)).astype("f4"), "q": draw.random((33, 2)).astype("f4")}
    one, two = keras.Input((4,), name="a"), keras.Input((3,), name="b")
    hidden = L.GaussianNoise(0.1)(L.Dense(8, activation="tanh")(L.Concatenate()([one, two])))
    model = keras.Model({"a": one, "b": two}, {"p": L.Dense(1, name="p")(hidden), "q": L.Dense(2, name="q")(hidden)})
    model.compile("adam", {"p": "mse", "q": "mae"}, metrics={"p": ["mae"], "q": ["mse"]}, loss_weights={"p": 1, "q": 2})
    trail.fit(model, x, y, epochs=2, batch_size=10, shuffle="batch", validation_data=(x, y))
    trail.evaluate(model, x, y, return_dict=True)
    trail.predict(model, x)


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


@case
def sample_weights(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    w = np.random.default_rng(seed + 1).random(37)
    model = dense(metrics=["mae"], weighted_metrics=["accuracy", "mse"])
    trail.fit(model, x, y, sample_weight=w, epochs=3, validation_data=(x[:9], y[:9], w[:9]), validation_batch_size=4)
    trail.evaluate(model, x, y, sample_weight=w, batch_size=10)


class Slower(keras.callbacks.Callback):
    """Changes the rate itself, between batches."""

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.model.optimizer.learning_rate = 0.9 * float(self.model.optimizer.learning_rate.numpy())


@case
def learning_rates(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(metrics=["accuracy"])
    scheduler = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.7)
    plateau = keras.callbacks.ReduceLROnPlateau(monitor="loss", patience=1, min_delta=1.0)
    trail.fit(model, x, y, epochs=3, batch_size=16, callbacks=[scheduler, plateau, Slower()])
    decay = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)
    model.compile(keras.optimizers.SGD(decay), "mse")
    trail.fit(model, x, y, epochs=2, batch_size=16, callbacks=[keras.callbacks.TerminateOnNaN()])


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
def counted_steps(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(metrics=["accuracy"])
    trail.fit(model, x, y, epochs=4, batch_size=8, steps_per_epoch=2, validation_data=(x, y), validation_steps=1)
    trail.fit(model, x, y, epochs=2, batch_size=8, steps_per_epoch=7)
    trail.fit(model, x, y, epochs=3, steps_per_epoch=5)
    trail.predict(model, x, steps=2, batch_size=5)
    trail.evaluate(model, x, y, steps=2, batch_size=5)


@case
def datasets(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2), metrics=["accuracy"])
    data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(37).batch(8)
    trail.fit(model, data, epochs=2, validation_data=data.take(2))
    trail.fit(model, x, y, epochs=2, validation_data=data)
    trail.evaluate(model, data)
    trail.predict(model, data.map(lambda a, b: a))


class Sequence(keras.utils.PyDataset):
    def __init__(self, x: Any, y: Any) -> None:
        super().__init__()
        self.x, self.y = x, y

    def __len__(self) -> int:
        return 4

    def __getitem__(self, i: int) -> Any:
        return self.x[i::4], self.y[i::4]


@case
def generators(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2), metrics=["accuracy"])

    def endless() -> Any:
        draw = np.random.default_rng(seed)
        while True:
            chosen = draw.integers(0, 37, 6)
            yield x[chosen], y[chosen]

    trail.fit(model, endless(), steps_per_epoch=3, epochs=2)
    trail.fit(model, Sequence(x, y), epochs=2)
    trail.fit(model, x, y, epochs=1)


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


def close(y: Any, p: Any) -> Any:
    return tf.reduce_mean(tf.cast(tf.abs(y - p) < 0.3, tf.float32), axis=-1)


class Count(keras.metrics.Metric):
    """Counts rows over the whole training: its reset does nothing."""

    def __init__(self) -> None:
        super().__init__(name="count")
        self.total = self.add_weight(name="total", initializer="zeros")

    def update_state(self, y: Any, p: Any, sample_weight: Any = None) -> None:
        self.total.assign_add(tf.cast(tf.shape(y)[0], tf.float32))

    def result(self) -> Any:
        return self.total + 0.0

    def reset_state(self) -> None:
        return


def kinds_of_metrics() -> list[list[Any]]:
    m = keras.metrics
    return [
        ["accuracy", "mse", "mae", "cosine_similarity", "binary_accuracy", "bce"],
        [m.Precision(), "AUC", m.BinaryAccuracy(threshold=0.4), m.MeanIoU(2), m.FalsePositives()],
        [m.F1Score(threshold=0.5), m.R2Score(), m.RootMeanSquaredError()],
        [close, "accuracy", m.MeanMetricWrapper(close, name="near"), m.MeanSquaredError(name="accuracy")],
        [Count(), "mae"],
    ]


@case
def metrics_of_each_kind(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    for metrics in kinds_of_metrics():
        model = dense(optimizer="sgd", metrics=metrics)
        trail.fit(model, x, y[:, None], epochs=2, batch_size=16, validation_split=0.3 * ("mse" in metrics))


@case
def no_global_seed(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    tf.random.set_seed(None)
    model = dense(L.Dropout(0.2), metrics=["accuracy"])
    trail.fit(model, x, y, epochs=3, batch_size=8, shuffle=False, validation_split=0.2)
    trail.predict(model, x)


NOT_DETERMINED.add("no_global_seed")


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
def eagerly(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2), metrics=["accuracy"], run_eagerly=True)
    trail.fit(model, x, y, epochs=2, batch_size=16, validation_split=0.2)
    own = OwnStep()
    own.compile("adam", run_eagerly=True)
    trail.fit(own, x, y, epochs=2, batch_size=16)
    trail.predict(model, x)


@case
def jit_compiled(trail: Trail, seed: int) -> None:
    x, y = rows(seed, 16)
    model = dense(L.Dropout(0.2), metrics=["accuracy"], jit_compile=True)
    trail.fit(model, x, y, epochs=2, batch_size=8)


NOT_DETERMINED.add("jit_compiled")


@case
def mixed_precision(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        model = dense(L.Dropout(0.2), metrics=["accuracy"])
        trail.fit(model, x, y, epochs=2, batch_size=8, validation_split=0.2)
        trail.predict(model, x)
    finally:
        keras.mixed_precision.set_global_policy("float32")


@case
def not_built_yet(trail: Trail, seed: int) -> None:
    draw = np.random.default_rng(seed)
    x, y = draw.random((30, 4, 4)), draw.integers(0, 3, 30)
    model = keras.Sequential(
        [L.Flatten(), L.Dense(8, activation="relu"), L.Dropout(0.1), L.Dense(3, activation="softmax")]
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    trail.fit(model, x, y, epochs=2, batch_size=8)
    trail.predict(model, x)
    again = keras.Sequential([L.Flatten(), L.Rescaling(2.0), L.Dense(3)])
    again.compile("adam", keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
    trail.evaluate(again, x, y)
    trail.fit(again, x, y, epochs=2, batch_size=10)


@case
def sequences(trail: Trail, seed: int) -> None:
    draw = np.random.default_rng(seed)
    x, y = draw.integers(0, 9, (20, 6)), draw.integers(0, 2, (20, 1))
    inside = [L.Embedding(9, 4, mask_zero=True), L.LSTM(5, dropout=0.1, recurrent_dropout=0.1)]
    model = keras.Sequential([L.Input((6,), dtype="int32"), *inside, L.Dense(1, activation="sigmoid")])
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    trail.fit(model, x, y, epochs=2, batch_size=8)


@case
def regularized(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    limit = keras.constraints.MaxNorm(1.0)
    inside = L.Dense(4, kernel_regularizer="l2", activity_regularizer="l1", kernel_constraint=limit)
    for optimizer in (
        keras.optimizers.AdamW(0.01, weight_decay=0.1, clipnorm=0.1),
        keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.5),
        keras.optimizers.Adam(0.1, gradient_accumulation_steps=2),
    ):
        model = dense(L.Dense.from_config(inside.get_config()), optimizer=optimizer, metrics=["mae"])
        trail.fit(model, x, y, epochs=2, batch_size=16)


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


@case
def several_steps_at_once(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2), metrics=["accuracy"], steps_per_execution=2)
    trail.fit(model, x, y, epochs=3, batch_size=8, validation_split=0.2)
    trail.predict(model, x, batch_size=8)


@case
def tables_and_other_data(trail: Trail, seed: int) -> None:
    import pandas as pd

    x, y = rows(seed)
    table = pd.DataFrame(x.astype("f8"), columns=list("abcde"))
    model = dense(metrics=["accuracy"])
    trail.fit(model, table, pd.Series(y), epochs=2, batch_size=8, validation_split=0.2)
    trail.fit(model, tf.constant(x), tf.constant(y[:, None]), epochs=2)
    trail.fit(model, x.tolist(), y.tolist(), epochs=1)
    trail.fit(model, x[:, :3], y, epochs=1)
    trail.fit(model, x, y[:-1], epochs=1)
    trail.fit(model, x[:0], y[:0], epochs=1)
    trail.predict(model, x.astype("f2"))
    trail.predict(model, x > 0.5)


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
def the_same_network_again(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    for again in range(3):
        keras.utils.set_random_seed(seed + again)
        model = dense(L.Dropout(0.1 + 0.1 * (again == 2)), optimizer=keras.optimizers.Adam(0.01), metrics=["accuracy"])
        trail.fit(model, x, y, epochs=2, batch_size=8)
        trail.predict(model, x)


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


def walk(one: Case, seed: int) -> list[tuple[str, str]]:
    """The trail of a case in a fresh session of Keras."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed)
    trail = Trail()
    one(trail, seed)
    trail.randomness()
    return trail.steps


def runs_in(place: str, name: str) -> bool:
    return place != "kernel" or name not in NOT_DETERMINED


MUTATED = dropout_partial_batches_class_weight_split


def mutants(seed: int) -> dict[str, list[tuple[str, str]]]:
    """Trails of a faster way that is wrong: two rows change places; a batch takes one random number."""
    order, batched = fastfit_order.permutation, fastfit_batches._batched
    with mock.patch.object(fastfit_order, "permutation", lambda n, s: [*order(n, s)[1::-1], *order(n, s)[2:]]):
        misordered = walk(MUTATED, seed)
    with mock.patch.object(fastfit_batches, "_batched", lambda *a: (context.internal_operation_seed(), batched(*a))[1]):
        overdrawn = walk(MUTATED, seed)
    return {"misordered": misordered, "overdrawn": overdrawn}


def main() -> None:
    mode, place, wanted, *seeds = sys.argv[1:]
    if place == "kernel":  # as warm.load_modules sets it
        tf.config.threading.set_intra_op_parallelism_threads(1)
        tf.config.threading.set_inter_op_parallelism_threads(1)
        tf.config.experimental.enable_op_determinism()
    plant.stop_the_clock()
    applied = fastfit.apply() if mode == "fast" else False
    chosen = [
        one for one in CASES if runs_in(place, one.__name__) and (wanted == "all" or one.__name__ in wanted.split(","))
    ]
    with contextlib.redirect_stdout(sys.stderr):
        trails = {f"{one.__name__} {seed}": walk(one, int(seed)) for one in chosen for seed in seeds}
        wrong = mutants(int(seeds[0])) if applied and MUTATED in chosen else {}
    json.dump({"applied": applied, "trails": trails, "mutants": wrong}, sys.stdout)


if __name__ == "__main__":
    main()
