"""Trainings as lectures write them: every kind of data, weights, callbacks and metrics."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import tensorflow as tf

from tests.engine.fastfit_case import L, case, dense, rows
from tests.engine.fastfit_trail import Trail


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
