"""What can be seen of a training, written down as hashes: numbers, calls of callbacks, print, names, random states."""

# ruff: noqa: NPY002 - the old generator of NumPy is one of those that must stay as it is
from __future__ import annotations

import contextlib
import hashlib
import io
import random
import warnings
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from tensorflow.python.eager import context


def exact(value: Any) -> Any:
    """Numbers by their bits, whatever holds them, with their types."""
    if isinstance(value, dict):
        return {key: exact(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [exact(part) for part in value]
    if isinstance(value, (tf.Tensor, tf.Variable, keras.Variable, np.ndarray)):
        array = np.asarray(value)
        return type(value).__name__, str(array.dtype), array.shape, array.tobytes().hex()
    return (type(value).__name__, value.hex()) if isinstance(value, float) else repr(value)


class Witness(keras.callbacks.Callback):
    """Notes every call that a callback gets, with its logs, and the weights at the end of each epoch."""

    def __init__(self, seen: list[Any]) -> None:
        super().__init__()
        self.seen = seen

    def note(self, name: str, *details: Any) -> None:
        self.seen.append((name, exact(details)))

    def on_epoch_begin(self, epoch, logs=None):
        self.note("epoch begins", epoch, logs)

    def on_epoch_end(self, epoch, logs=None):
        self.note("epoch ends", epoch, logs, self.model.get_weights())

    def on_train_batch_begin(self, batch, logs=None):
        self.note("batch begins", batch, logs)

    def on_train_batch_end(self, batch, logs=None):
        self.note("batch ends", batch, logs)

    def on_test_begin(self, logs=None):
        self.note("test begins", logs)

    def on_test_end(self, logs=None):
        self.note("test ends", logs)

    def on_test_batch_end(self, batch, logs=None):
        self.note("test batch ends", batch, logs)

    def on_predict_batch_end(self, batch, logs=None):
        self.note("prediction of a batch ends", batch, logs)

    def on_train_begin(self, logs=None):
        self.note("training begins", logs, self.params)

    def on_train_end(self, logs=None):
        self.note("training ends", logs)


class Trail:
    """What a case leaves behind, as pairs of a label and a hash."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, str]] = []

    def note(self, label: str, value: Any) -> None:
        self.steps.append((label, hashlib.sha256(repr(value).encode()).hexdigest()[:16]))

    def run(self, label: str, work: Any) -> Any:
        """Runs ``work``; notes what it returned or raised, printed, and warned of."""
        printed, told, result = io.StringIO(), [], None
        with contextlib.redirect_stdout(printed), warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("default")  # as whoever runs it sees them: what a trace says again is not shown again
            try:
                result = work()
                told.append(exact(result.history | {"epochs": result.epoch} if hasattr(result, "epoch") else result))
            except Exception as error:
                told.append((type(error).__name__, str(error).splitlines()[:1]))
        self.note(f"{label}: returned", told)
        self.note(f"{label}: printed", printed.getvalue())
        self.note(f"{label}: warned", [str(w.message) for w in caught])
        return result

    def fit(self, model: keras.Model, *args: Any, callbacks: Any = (), watched: bool = True, **kwargs: Any) -> Any:
        seen: list[Any] = []
        mine = [Witness(seen)] if watched else []
        with_mine = [*callbacks, *mine]
        result = self.run("fit", lambda: model.fit(*args, callbacks=with_mine, **{"verbose": 0, **kwargs}))
        self.note("fit: callbacks", seen)
        self.state(model)
        return result

    def evaluate(self, model: keras.Model, *args: Any, **kwargs: Any) -> None:
        seen: list[Any] = []
        self.run("evaluate", lambda: model.evaluate(*args, callbacks=[Witness(seen)], **{"verbose": 0, **kwargs}))
        self.note("evaluate: callbacks", seen)

    def predict(self, model: keras.Model, *args: Any, **kwargs: Any) -> None:
        seen: list[Any] = []
        self.run("predict", lambda: model.predict(*args, callbacks=[Witness(seen)], **{"verbose": 0, **kwargs}))
        self.note("predict: callbacks", seen)

    def state(self, model: keras.Model) -> None:
        """Of a model: its variables, those of its optimizer and metrics, seeds included, and their names."""
        owners = {"weights": model.variables, "optimizer": [], "metrics": []}
        if model.compiled:
            owners["metrics"] = [v for metric in model.metrics for v in metric.variables]
            owners["optimizer"] = getattr(model.optimizer, "variables", [])
        owners["seeds"] = [g.state for layer in model._flatten_layers() for g in getattr(layer, "_seed_generators", ())]
        for owner, variables in owners.items():
            self.note(f"{owner}: values", [exact(v) for v in variables])
            self.note(f"{owner}: names", [getattr(v, "path", v.name) for v in variables])

    def randomness(self) -> None:
        """The state of every generator, what it gives next, and the names that Keras would give next."""
        self.note("random of Python", (random.getstate(), random.random()))
        self.note("random of NumPy", (repr(np.random.get_state()), np.random.random()))
        self.note("random of TensorFlow, state", context.context()._rng.getstate() if context.global_seed() else None)
        if context.global_seed() is not None:
            self.note("random of TensorFlow", exact(tf.random.uniform([3])))
        self.note("random of Keras", exact(keras.random.uniform([3])))
        self.note("next names", [keras.layers.Dense(1).name, keras.metrics.Mean().name, keras.optimizers.SGD().name])
