"""Trainings in TensorFlow's and Keras' special modes: eager, compiled by XLA, mixed precision, without a global seed."""

from __future__ import annotations

import keras
import tensorflow as tf

from tests.engine.fastfit_case import NOT_DETERMINED, L, case, dense, rows
from tests.engine.fastfit_own import OwnStep
from tests.engine.fastfit_trail import Trail


@case
def no_global_seed(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    tf.random.set_seed(None)
    model = dense(L.Dropout(0.2), metrics=["accuracy"])
    trail.fit(model, x, y, epochs=3, batch_size=8, shuffle=False, validation_split=0.2)
    trail.predict(model, x)


NOT_DETERMINED.add("no_global_seed")


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
def several_steps_at_once(trail: Trail, seed: int) -> None:
    x, y = rows(seed)
    model = dense(L.Dropout(0.2), metrics=["accuracy"], steps_per_execution=2)
    trail.fit(model, x, y, epochs=3, batch_size=8, validation_split=0.2)
    trail.predict(model, x, batch_size=8)
