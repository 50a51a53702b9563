"""Faster training gives the same numbers, bit for bit, and stands aside where that was not proved.

More seeds: FASTFIT_SEEDS=20.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from grader.engine import fastfit, fastfit_batches, fastfit_order, fastfit_share
from grader.versions import versions

ROOT = Path(__file__).parents[2]
SEEDS = [str(seed) for seed in range(1, 1 + int(os.environ.get("FASTFIT_SEEDS", "1")))]
proved = pytest.mark.skipif(
    not fastfit.status()[0], reason="it stands aside for these versions of Keras and TensorFlow"
)


def start(mode: str, place: str, wanted: str) -> subprocess.Popen[bytes]:
    fixed = {"PYTHONHASHSEED": "0", "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-m", "tests.engine.fastfit_cases", mode, place, wanted, *SEEDS]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, **fixed}, cwd=ROOT
    )


def side_by_side(place: str, wanted: str) -> tuple[dict[str, Any], dict[str, Any]]:
    with start("stock", place, wanted) as stock, start("fast", place, wanted) as fast:
        return json.loads(stock.communicate()[0]), json.loads(fast.communicate()[0])


def different(one: list[list[str]], other: list[list[str]]) -> list[str]:
    """Labels of the steps that two trails do not share."""
    pairs = zip(one, other, strict=False)
    return [mine[0] for mine, theirs in pairs if mine != theirs] + ["length"] * (len(one) != len(other))


@proved
@pytest.mark.slow
def test_every_trail_is_the_same_bit_for_bit_as_in_the_kernel() -> None:
    stock, fast = side_by_side("kernel", "all")
    assert (stock["applied"], fast["applied"]) == (False, True)
    assert len(stock["trails"]) >= 30 * len(SEEDS)
    assert {name: d for name, trail in stock["trails"].items() if (d := different(trail, fast["trails"][name]))} == {}
    # and the trails would tell: two rows that changed places, one random number taken too much
    right = stock["trails"][f"dropout_partial_batches_class_weight_split {SEEDS[0]}"]
    assert "weights: values" in different(right, fast["mutants"]["misordered"])
    assert different(right, fast["mutants"]["overdrawn"]) == ["random of TensorFlow, state", "random of TensorFlow"]


@proved
@pytest.mark.slow
def test_every_trail_is_the_same_on_a_machine_as_it_is() -> None:
    """TensorFlow's own choice of threads, no op determinism."""
    stock, fast = side_by_side("machine", os.environ.get("FASTFIT_MACHINE", "no_global_seed,jit_compiled"))
    assert len(stock["trails"]) >= 2 * len(SEEDS)
    assert {name: d for name, trail in stock["trails"].items() if (d := different(trail, fast["trails"][name]))} == {}


def shuffled_by_tensorflow(length: int, seed: int, batch: int | None = None) -> list[int]:
    tf.random.set_seed(seed)
    if batch is None:
        data = tf.data.Dataset.range(1).map(lambda _: tf.random.shuffle(tf.range(length, dtype=tf.int64)))
        return next(iter(data)).numpy().tolist()
    batches = tf.data.Dataset.range(length).batch(batch).map(tf.random.shuffle)
    return [int(row) for rows in batches for row in rows.numpy()]


@proved
def test_rows_are_put_in_the_order_of_tensorflows_shuffle() -> None:
    draw = random.Random(5)
    for seed in (0, 1, 42, 2**31 - 2, 2**31 - 1, 2**31, 2**32 - 1, draw.randrange(2**31), draw.randrange(2**31)):
        for length in (1, 2, 3, 4, 5, 6, draw.randrange(7, 3000)):
            assert fastfit_order.permutation(length, seed) == shuffled_by_tensorflow(length, seed)
        length, batch = draw.randrange(1, 99), draw.randrange(1, 40)
        assert fastfit_order.permuted_batches(length, batch, seed) == shuffled_by_tensorflow(length, seed, batch)


def looks(dataset: tf.data.Dataset) -> tuple[Any, ...]:
    batches = [tf.nest.map_structure(lambda t: (t.numpy().tobytes(), t.shape, t.dtype), batch) for batch in dataset]
    return repr(dataset.element_spec), repr(batches)


@proved
@pytest.mark.parametrize("shuffle", [False, True, "batch"])
@pytest.mark.parametrize(("length", "size"), [(1, None), (8, 4), (9, 4), (4, 9), (33, None), (64, 32)])
def test_batches_are_those_of_keras(length: int, size: int | None, shuffle: Any) -> None:
    from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter

    x, y = np.random.default_rng(1).random((length, 3)), np.arange(length)
    keras.utils.set_random_seed(3)
    for data in ({"x": x, "y": y}, {"x": {"b": x, "a": x > 0.5}, "y": [y, x.astype("f4")]}, {"x": tf.constant(x)}):
        theirs, ours = (ArrayDataAdapter(**data, batch_size=size, shuffle=shuffle) for _ in range(2))
        made = fastfit_batches.dataset_of(ours, tf.distribute.get_strategy())
        assert looks(made) == looks(theirs.get_tf_dataset())


@proved
def test_other_data_are_left_to_keras() -> None:
    from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter

    for x in (
        np.array(["a", "b"], object),
        tf.sparse.eye(2),
        tf.ragged.constant([[1.0], [2.0, 3.0]]),
        np.zeros((0, 2)),
    ):
        assert fastfit_batches.dataset_of(ArrayDataAdapter(x), tf.distribute.get_strategy()) is None


@proved
def test_large_data_and_special_modes_are_left_to_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter
    from tensorflow.python.data.ops import debug_mode

    def taken(**how: Any) -> bool:
        adapter = ArrayDataAdapter(np.zeros((10, 2), "f4"), **how)
        return fastfit_batches.dataset_of(adapter, tf.distribute.get_strategy()) is not None

    assert taken()
    assert taken(batch_size=3)
    assert not taken(batch_size=np.int64(3))
    assert not taken(batch_size=-3)
    with tf.Graph().as_default():
        assert not taken()
    for place, name, value in (
        (fastfit_batches, "_LARGEST_BYTES", 100),
        (fastfit_batches, "_MOST_ROWS", 9),
        (debug_mode, "DEBUG_MODE", True),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(place, name, value)
            assert not taken()
    tf.config.run_functions_eagerly(True)
    try:
        assert not taken()
    finally:
        tf.config.run_functions_eagerly(False)


@proved
def test_a_network_whose_settings_cannot_be_written_down_keeps_its_own_step(monkeypatch: pytest.MonkeyPatch) -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x, y = np.eye(2, dtype="f4"), np.ones((2, 1), "f4")
    model.fit(x, y, verbose=0)
    batches = tf.data.Dataset.from_tensors((x, y))
    for known in (1, 0):  # one that can be written down is kept
        traces = fastfit_share.Traces()
        step = traces.shared(model, model._make_function(model.train_step))
        assert step(iter(batches))["loss"] > 0
        assert len(traces._known) == known
        monkeypatch.setattr(fastfit_share, "_nameless", lambda *_: {"a set is not JSON"})


def test_another_version_of_keras_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keras, "__version__", "3.16.0")
    assert not fastfit.apply()


def test_it_says_whether_it_is_on_and_why() -> None:
    keras_version, tensorflow_version = min(fastfit.PROVED)
    on, why = fastfit.status({**versions(), "keras": keras_version, "tensorflow": tensorflow_version})
    assert on
    assert keras_version in why.en
    assert keras_version in why.ko
    on, why = fastfit.status({**versions(), "keras": "3.99.0", "tensorflow": ""})
    assert not on
    assert "here are 3.99.0 / -" in why.en
