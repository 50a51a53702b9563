"""A forged model: refused before anything is built, or built from Keras' own layers and nothing else."""

from __future__ import annotations

import contextlib
import copy
import tracemalloc

import keras
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from grader.wire import decode
from grader.wire import model as wire_model
from grader.wire.limits import Refused
from tests.wire.session import Session


def sent(model):
    reply, buffers = Session(m=model).raw({"op": "value", "name": "m"})
    return reply["value"], buffers


@pytest.fixture(scope="module")
def dense():
    return sent(keras.Sequential([keras.Input((2,)), layers.Dense(3, "relu"), layers.Dense(1)]))


@pytest.fixture(scope="module")
def graph():
    x = keras.Input((4,))
    return sent(keras.Model(x, layers.Add()([layers.Dense(4)(x), x]) * 2.0))


def refused(tree, buffers, word=None):
    """Refused at once, or when it is to be built; without taking much memory."""
    tracemalloc.start()
    try:
        with pytest.raises(Refused, match=word):
            wire_model.rebuild(decode(tree, buffers))
        assert tracemalloc.get_traced_memory()[1] < 100 * 2**20
    finally:
        tracemalloc.stop()


def changed(tree, path, value):
    tree = copy.deepcopy(tree)
    inner = tree
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return tree


def layer(index, *path):
    return ("model", "layers", index, *path)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        # absurd sizes: refused by the form of the setting, or by the first weight that does not fit
        (layer(0, "config", "units"), 10**9),
        (layer(0, "config", "units"), 999_999),
        (layer(0, "config", "units"), 4),
        (layer(0, "config", "units"), 0),
        (layer(0, "config", "units"), -3),
        (layer(0, "config", "units"), 3.0),
        (layer(0, "config", "units"), "3"),
        (layer(0, "config", "units"), None),
        (("model", "inputs", 0, "shape"), [None, 10**7]),
        (("model", "inputs", 0, "shape"), [None, 10**12]),
        (("model", "inputs", 0, "shape"), [None] * 20),
        (("model", "inputs", 0, "shape"), []),
        (("model", "inputs", 0, "dtype"), "string"),
        (("model", "inputs", 0, "dtype"), "os.system"),
        (("model", "inputs"), []),
        # classes, functions and paths that are not on the list
        (layer(0, "class"), "Lambda"),
        (layer(0, "class"), "TFSMLayer"),
        (layer(0, "class"), "StringLookup"),
        (layer(0, "class"), "TorchModuleWrapper"),
        (layer(0, "class"), "deserialize"),
        (layer(0, "class"), "__class__"),
        (layer(0, "class"), "os.system"),
        (layer(0, "class"), "Layer"),
        (layer(0, "class"), ""),
        (layer(0, "own"), True),
        (layer(0, "operation"), True),
        (layer(0, "activations", "activation"), {"name": "load_model"}),
        (layer(0, "activations", "activation"), {"name": "deserialize"}),
        (layer(0, "activations", "activation"), {"name": ["relu"]}),
        (layer(0, "activations", "activation"), {"own": "relu"}),
        (layer(0, "activations", "activation"), {"layer": "Lambda", "config": {}}),
        (layer(0, "activations", "activation"), {"layer": "Dense", "config": {"units": 1}}),
        (layer(0, "activations", "activation"), {"layer": "ReLU", "config": {"max_value": "x"}}),
        (layer(0, "activations", "activation"), {"layer": "ReLU", "config": {"threshold": 1e300}}),
        (layer(0, "activations", "activation"), {}),
        (layer(0, "activations", "activation"), "relu"),
        (layer(0, "config", "dtype"), {"class_name": "function", "config": "get_file"}),
        (layer(0, "config", "dtype"), "object"),
        (layer(0, "config", "lora_rank"), 3),
        (layer(0, "config", "use_bias"), 1),
        # weights
        (layer(0, "weights"), []),
        (layer(0, "weights"), [["kernel", 0]]),
        (layer(0, "weights"), [["kernel", 1], ["bias", 0]]),
        (layer(0, "weights"), [["kernel", 0], ["kernel", 1]]),
        (layer(0, "weights"), [["kernel", 99], ["bias", 1]]),
        (layer(0, "weights"), [["kernel", -1], ["bias", 1]]),
        (layer(0, "weights"), [["kernel", None], ["bias", 1]]),
        (layer(0, "weights"), [["activation", 0], ["bias", 1]]),
        (("weights",), None),
        (("weights",), []),
        (("weights", 0, "shape"), [3, 2]),
        (("weights", 0, "dtype"), "int64"),
        # styles and structure
        (("model", "style"), "subclass"),
        (("model", "style"), "os"),
        (("model", "style"), "Functional"),
        (("model", "built"), False),
        (layer(1, "name"), "dense_same"),
        (layer(0, "model"), {}),
        (("model", "layers"), []),
        (("model", "layers"), [{}]),
    ],
)
def test_a_forged_sequential(dense, path, value):
    tree, buffers = dense
    if value == "dense_same":
        tree = changed(tree, layer(0, "name"), value)
    if path == ("model", "layers"):
        tree = changed(tree, ("model", "inputs"), None)
    refused(changed(tree, path, value), buffers)


def at(*place):
    return {"tensor": list(place)}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("model", "input_layers"), None),
        (("model", "input_layers"), ["nowhere", 0, 0]),
        (("model", "output_layers"), ["nowhere", 0, 0]),
        (("model", "output_layers"), []),
        (("model", "output_layers"), {}),
        (layer(1, "nodes"), None),
        (layer(1, "nodes"), "x"),
        (layer(1, "nodes"), [{}]),
        (layer(1, "nodes"), [{"args": [], "kwargs": {}}]),
        (layer(1, "nodes"), [{"args": [at("nowhere", 0, 0)], "kwargs": {}}]),
        (layer(1, "nodes"), [{"args": [at("dense", -1, 0)], "kwargs": {}}]),
        (layer(1, "nodes"), [{"args": [{"tensor": "dense"}], "kwargs": {}}]),
        (layer(1, "nodes"), [{"args": [{"class_name": "function"}], "kwargs": {}}]),
        (layer(1, "nodes"), [{"args": ["/etc/passwd"], "kwargs": {}}]),
        (layer(1, "nodes"), [{"args": [], "kwargs": {"training": "yes"}}]),
        (layer(1, "nodes"), [{"args": [], "kwargs": {"out": 1}}]),
        (layer(1, "nodes"), [{"args": [1.0], "kwargs": {}}] * 65),
        (layer(3, "class"), "Subprocess"),
        (layer(3, "class"), "fori_loop"),
        (layer(0, "config", "batch_shape"), [None, 10**7, 10**7, 10**7]),
        (layer(0, "config", "batch_shape"), "x"),
        (layer(0, "config", "sparse"), True),
    ],
)
def test_a_forged_graph(graph, path, value):
    tree, buffers = graph
    refused(changed(tree, path, value), buffers)


def test_a_graph_that_runs_in_a_circle(graph):
    tree, buffers = graph
    names = [one["name"] for one in tree["model"]["layers"]]
    circle = [{"args": [at(names[2], 0, 0)], "kwargs": {}}]
    refused(changed(tree, layer(1, "nodes"), circle), buffers, "graph")


def with_layers(*more, shape=(2,)):
    model = keras.Sequential([keras.Input(shape), *more])
    return sent(model)


@pytest.mark.parametrize(
    ("shape", "more", "path", "value"),
    [
        ((2,), layers.RepeatVector(2), layer(0, "config", "n"), 900_000_000),
        ((20,), layers.RepeatVector(2), layer(0, "config", "n"), 999_999),
        ((4, 4, 1), layers.UpSampling2D(2), layer(0, "config", "size"), [10_000, 10_000]),
        ((4, 4, 1), layers.ZeroPadding2D(1), layer(0, "config", "padding"), [[9_999, 9_999], [9_999, 9_999]]),
        ((4, 4, 1), layers.ZeroPadding2D(1), layer(0, "config", "padding"), [[-1, 1], [1, 1]]),
        ((4, 4, 1), layers.MaxPooling2D(2), layer(0, "config", "strides"), [0, 0]),
        ((4,), layers.Reshape((2, 2)), layer(0, "config", "target_shape"), [10**6, 10**6]),
        ((4,), layers.Reshape((2, 2)), layer(0, "config", "target_shape"), ["x"]),
        ((4,), layers.Rescaling(2.0), layer(0, "config", "scale"), {"class_name": "function", "config": "get_file"}),
        ((4,), layers.Normalization(mean=1.0, variance=1.0), layer(0, "config", "mean"), "/etc/passwd"),
        ((4,), layers.Dropout(0.5), layer(0, "config", "rate"), "x"),
        ((4,), layers.Dropout(0.5), layer(0, "config", "rate"), 7.0),
    ],
)
def test_layers_without_weights_cannot_swell(shape, more, path, value):
    tree, buffers = with_layers(more, shape=shape)
    refused(changed(tree, path, value), buffers)


def test_a_model_that_would_compute_for_minutes_is_refused():
    tree, buffers = with_layers(layers.Conv2D(200, 9, padding="same"), shape=(64, 64, 100))
    tree = changed(tree, ("model", "inputs", 0, "shape"), [None, 200, 200, 100])
    refused(tree, buffers, "compute too much")


def test_a_layer_that_is_called_thousands_of_times_is_refused():
    x = keras.Input((2,))
    tree, buffers = sent(keras.Model(x, layers.Activation("relu")(layers.Activation("tanh")(x))))
    again = next(one for one in tree["model"]["layers"] if one["class"] == "Activation")
    again["nodes"] = again["nodes"] * 60
    inner = [{**copy.deepcopy(again), "name": f"again_{n}"} for n in range(20)]
    refused(changed(tree, ("model", "layers"), tree["model"]["layers"] + inner), buffers, "compute too much")


def test_an_embedding_that_is_larger_than_its_weights():
    tree, buffers = with_layers(layers.Embedding(10, 4), shape=(3,))
    refused(changed(tree, layer(0, "config", "input_dim"), 10**6), buffers, "weights")


def test_models_within_models_without_end(dense):
    tree, buffers = dense
    for _ in range(8):
        inner = copy.deepcopy(tree["model"])
        tree = changed(tree, layer(0, "model"), inner)
    refused(tree, buffers)


def test_a_forged_description_that_is_consistent_is_only_a_model(dense):
    """What a forger can reach is what a right answer would be: a model of Keras' own layers."""
    tree, buffers = dense
    student = decode(changed(tree, layer(0, "name"), "x/../../y"), buffers)
    assert wire_model.predict(student, np.zeros((1, 2))).shape == (1, 1)


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_description_is_rebuilt_or_refused(graph, data):
    tree, buffers = graph
    path = data.draw(st.sampled_from(list(paths(tree["model"]["layers"]))))
    value = data.draw(st.sampled_from([None, True, 0, 1, 3, -1, 2.5, "dense", [], {}, [1], 10**6, "Dense"]))
    with contextlib.suppress(Refused):
        wire_model.rebuild(decode(changed(tree, ("model", "layers", *path), value), buffers))


def paths(tree, path=()):
    """The path of every field in a JSON tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from paths(value, (*path, key))


def test_the_rebuilt_model_is_the_callers_own(dense):
    student = decode(*dense)
    before = wire_model.predict(student, np.ones((1, 2)))
    mine = wire_model.rebuild(student)
    mine.set_weights([w * 0 for w in mine.get_weights()])
    np.testing.assert_array_equal(wire_model.predict(student, np.ones((1, 2))), before)
