"""A forged reply is refused, whatever is wrong with it, and nothing else than Refused ever comes out."""

from __future__ import annotations

import contextlib
import copy
import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader import wire
from grader.wire import Refused, WireLimits, decode
from grader.wire.reply import read_reply
from tests.wire.session import Session


def array(**changes):
    return {"k": "array", "dtype": "float32", "shape": [2], "b": 0} | changes


def tensor(**changes):
    return {
        "k": "tensor", "kind": "Tensor", "array": array(), "trainable": None, "name": "", "note": "", "id": None,
    } | changes  # fmt: skip


def handle(**changes):
    return {"k": "handle", "id": 1, "type": "map", "repr": "<map>", "why": ""} | changes


EIGHT = [bytes(8)]


def nested(depth):
    tree = {"k": "list", "v": []}
    for _ in range(depth - 1):
        tree = {"k": "list", "v": [tree]}
    return tree


@pytest.mark.parametrize(
    ("tree", "buffers"),
    [
        (array(), EIGHT),
        (tensor(), EIGHT),
        (handle(), []),
        (nested(20), []),
        ({"k": "int", "v": "-0x" + "f" * 2000}, []),
        ({"k": "float", "v": "-inf"}, []),
        (array(shape=[0, 2**23], b=0), [b""]),
    ],
)
def test_what_the_forgeries_below_are_made_of_is_accepted(tree, buffers):
    decode(tree, buffers)


@pytest.mark.parametrize(
    ("tree", "buffers"),
    [
        # kinds
        ({}, []),
        ({"k": None}, []),
        ({"k": ["list"]}, []),
        ({"k": "pickle", "v": "gAS="}, []),
        ({"k": "ref", "id": 1}, []),
        ({"k": "source", "v": "1"}, []),
        ([1], []),
        (b"x", []),
        (object(), []),
        # a loop along the other axis would never end
        (array(shape=[2**31, 0]), [b""]),
        (array(shape=[2**12, 0, 2**12]), [b""]),
        # plain values
        (math.nan, []),
        (math.inf, []),
        (2**53 + 1, []),
        (10**4000, []),
        ("\ud800", []),
        ("x" * 100_001, []),
        # numbers
        ({"k": "int", "v": "0x"}, []),
        ({"k": "int", "v": ""}, []),
        ({"k": "int", "v": "- 1"}, []),
        ({"k": "int", "v": "0x_1"}, []),
        ({"k": "int", "v": "٣"}, []),
        ({"k": "int", "v": 5}, []),
        ({"k": "int", "v": "0x" + "f" * 10_000}, []),
        ({"k": "float", "v": "1e5"}, []),
        ({"k": "float", "v": "NaN"}, []),
        ({"k": "float", "v": math.nan}, []),
        ({"k": "float", "v": 10**400}, []),
        ({"k": "complex", "v": [1]}, []),
        ({"k": "complex", "v": [1, True]}, []),
        ({"k": "scalar", "dtype": "int8", "v": 128}, []),
        ({"k": "scalar", "dtype": "uint8", "v": -1}, []),
        ({"k": "scalar", "dtype": "int32", "v": 1.5}, []),
        ({"k": "scalar", "dtype": "int32", "v": True}, []),
        ({"k": "scalar", "dtype": "bool", "v": 1}, []),
        ({"k": "scalar", "dtype": "float32", "v": math.inf}, []),
        ({"k": "scalar", "dtype": "object", "v": 1}, []),
        # arrays
        (array(dtype="object"), EIGHT),
        (array(dtype="O"), EIGHT),
        (array(dtype="<f4"), EIGHT),
        (array(dtype="V8"), EIGHT),
        (array(dtype=[["a", "f4"]]), EIGHT),
        (array(dtype=None), EIGHT),
        (array(shape=[-2]), EIGHT),
        (array(shape=[-1, -2]), EIGHT),
        (array(shape=[2.0]), EIGHT),
        (array(shape=[True, 2]), EIGHT),
        (array(shape=["2"]), EIGHT),
        (array(shape=2), EIGHT),
        (array(shape=[2**62, 4]), EIGHT),
        (array(shape=[2**32, 2**32]), EIGHT),
        (array(shape=[0, 2**60, 2**60]), [b""]),
        (array(shape=[1] * 33), [bytes(4)]),
        (array(shape=[3]), EIGHT),
        (array(shape=[1]), EIGHT),
        (array(shape=[]), [b""]),
        (array(b=1), EIGHT),
        (array(b=-1), EIGHT),
        (array(b=True), EIGHT * 2),
        (array(b="0"), EIGHT),
        (array(b=None), EIGHT),
        (array(), []),
        (array(dtype="bool"), [b"\x02\x00"]),
        ({"k": "list", "v": [array(), array()]}, EIGHT),
        ({"k": "bytes", "b": 5}, []),
        ({"k": "strings", "shape": [2], "v": ["a"]}, []),
        ({"k": "strings", "shape": [1], "v": [1]}, []),
        ({"k": "strings", "shape": [20_001], "v": ["x" * 1000] + [""] * 20_000}, []),
        # containers
        (nested(21), []),
        ({"k": "list"}, []),
        ({"k": "list", "v": {}}, []),
        ({"k": "list", "v": "ab"}, []),
        ({"k": "list", "v": [0] * 200_001}, []),
        ({"k": "list", "v": [{"k": "tuple", "v": []}] * 10_000}, []),
        ({"k": "list", "v": ["x" * 100_000] * 50}, []),
        ({"k": "dict", "v": [[1]]}, []),
        ({"k": "dict", "v": [[1, 2, 3]]}, []),
        ({"k": "dict", "v": [[1, 2], [1, 3]]}, []),
        ({"k": "dict", "v": [[1, 2], [True, 3]]}, []),
        ({"k": "dict", "v": [[{"k": "list", "v": []}, 1]]}, []),
        ({"k": "dict", "v": {"a": 1}}, []),
        ({"k": "set", "v": [{"k": "list", "v": []}]}, []),
        # the grader's own kinds
        (tensor(kind="Array"), EIGHT),
        (tensor(kind=["Tensor"]), EIGHT),
        (tensor(array=None), EIGHT),
        (tensor(array={"k": "strings", "shape": [], "v": []}), []),
        (tensor(trainable=1), EIGHT),
        (tensor(name=None), EIGHT),
        (tensor(note="x" * 201), EIGHT),
        (tensor(id="1"), EIGHT),
        (handle(id=True), []),
        (handle(id=-1), []),
        (handle(id=2**60), []),
        (handle(type=1), []),
        (handle(type="x" * 201), []),
        (handle(repr="x" * 501), []),
        (handle(why="because"), []),
        (handle(why=[]), []),
        ({"k": "dtype", "v": 1}, []),
        ({"k": "shape", "v": [-1]}, []),
        ({"k": "shape", "v": [None] * 33}, []),
        ({"k": "history", "epochs": 1, "v": [["loss", [math.nan]]]}, []),
        ({"k": "history", "epochs": -1, "v": []}, []),
        ({"k": "history", "epochs": 1, "v": [["loss", [1]], ["loss", [1]]]}, []),
        ({"k": "history", "epochs": 1, "v": [["loss", [0] * 200_001]]}, []),
        ({"k": "model"}, []),
        ({"k": "figure"}, []),
    ],
)
def test_forgeries_are_refused(tree, buffers):
    with pytest.raises(Refused) as refused:
        decode(tree, buffers)
    assert refused.value.text.en == str(refused.value)


def test_too_many_bytes_are_refused_before_they_are_copied():
    with pytest.raises(Refused, match="large"):
        decode(None, [bytes(2**20)] * 65)
    with pytest.raises(Refused, match="large"):
        decode(None, [memoryview(np.zeros(2**27))])


def test_too_many_buffers_are_refused():
    with pytest.raises(Refused):
        decode(None, [b""] * 10_001)


def test_limits_can_be_set():
    assert decode({"k": "list", "v": [1]}, [], WireLimits(scalars=1)) == [1]
    with pytest.raises(Refused):
        decode({"k": "list", "v": [1, 2]}, [], WireLimits(scalars=1))


def test_buffers_are_copied_so_that_nothing_changes_them_later():
    memory = bytearray(8)
    got = decode(array(), [memoryview(memory)])
    memory[:] = b"\xff" * 8
    assert got.tolist() == [0, 0]


# ---- honest replies, damaged at random ----

SOURCE = """
import numpy as np, tensorflow as tf, keras
import matplotlib.pyplot as plt
def everything():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(1)])
    model.compile("adam", "mse", metrics=["mae"])
    x = keras.Input((2,))
    functional = keras.Model(x, keras.layers.Concatenate()([model(x), keras.layers.Dense(1)(x) + 1.0]))
    fig, ax = plt.subplots()
    ax.plot([1, 2], [3, 4], label="a")
    ax.scatter([1], [2])
    ax.bar([1], [2])
    plt.close(fig)
    history = keras.callbacks.History()
    history.epoch, history.history = [0], {"loss": [0.5]}
    return [1, 2.5, float("nan"), "a", None, True, 1j, 2**70, b"x", (1,), {2: [3]}, {4}, np.float32(1.5), np.ones(2),
            np.array(["a"]), tf.constant([1]), tf.Variable(1.0), tf.int32, tf.TensorShape([None, 2]), map(str, []),
            model, functional, fig, history]
"""
STRANGE = [None, True, -1, 0, 1, 2**53, 2**70, 1.5, math.nan, math.inf, "", "x", "\ud800", [], [[]], {}, {"k": "list"}]


@pytest.fixture(scope="module")
def honest():
    empty, _ = wire.encode([[], {}])
    request = {"op": "call", "target": ["global", "everything"], "arguments": empty, "seed": None}
    reply, buffers = Session(SOURCE).raw(request)
    read_reply(reply, buffers)
    return json.dumps(reply), buffers


def spots(tree, path=()):
    """The path of every field in a JSON tree."""
    pairs = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in pairs:
        yield (*path, key)
        yield from spots(value, (*path, key))


def damaged(text, data):
    reply = json.loads(text)
    everywhere = list(spots(reply))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(everywhere))
        inner = reply
        try:
            for key in path[:-1]:
                inner = inner[key]
            what = data.draw(st.sampled_from(["replace", "drop", "double"]))
            if what == "drop":
                del inner[path[-1]]
            elif what == "double" and isinstance(inner, list):
                inner.append(copy.deepcopy(inner[path[-1]]))
            else:
                inner[path[-1]] = data.draw(st.sampled_from(STRANGE))
        except (KeyError, IndexError, TypeError):
            continue  # an earlier damage took this spot away
    return reply


@given(data=st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_reply_is_read_or_refused(honest, data):
    text, buffers = honest
    with contextlib.suppress(Refused):
        read_reply(damaged(text, data), buffers)


@given(
    st.recursive(
        st.sampled_from(STRANGE),
        lambda inner: st.one_of(
            st.lists(inner, max_size=4),
            st.fixed_dictionaries(
                {
                    "k": st.sampled_from(
                        [*["list", "dict", "set", "array", "tensor", "model", "figure", "history", "strings", "shape"]]
                    )
                },
                optional=dict.fromkeys(("v", "b", "dtype", "shape", "array", "model", "axes", "weights"), inner),
            ),
        ),
        max_leaves=15,
    )
)
@settings(max_examples=150, deadline=None)
def test_nonsense_is_refused(tree):
    with contextlib.suppress(Refused):
        decode(tree, [bytes(8)])


# ---- whole replies ----


@pytest.mark.parametrize(
    "reply",
    [
        None,
        [],
        {},
        {"ok": 1},
        {"ok": False},
        {"ok": False, "error": "x"},
        {"ok": True, "value": None, "figures": "3"},
        {"ok": True, "value": None, "figures": -1},
        {"ok": True, "value": None, "mutated": 3},
        {"ok": True, "value": None, "mutated": [None]},
        {"ok": True, "value": None, "same": 1.5},
        {"ok": True, "value": None, "after": 3},
        {"ok": True, "value": None, "after": {"k": "list", "v": []}},
        {"ok": True, "names": [1]},
        {"ok": True, "names": {"a": 1}},
        {"ok": True, "names": {str(i): "int" for i in range(1001)}},
    ],
)
def test_forged_replies_are_refused(reply):
    with pytest.raises(Refused):
        read_reply(reply, [])


ERROR = {"kind": "raised", "name": "", "type": "E", "message": "m", "lines": [["cell 1", 1, "f", "x"]], "names": ["a"]}


def test_an_honest_error_is_read():
    failure = read_reply({"ok": False, "error": ERROR}, [])
    assert (failure.type, failure.message, failure.frames[0].line, failure.names) == ("E", "m", 1, ("a",))


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "fault"},
        {"kind": 1},
        {"message": "x" * 3000},
        {"message": None},
        {"type": []},
        {"lines": "x"},
        {"lines": [["cell 1", 1, "f"]]},
        {"lines": [["cell 1", "1", "f", "x"]]},
        {"lines": [["cell 1", 1, "f", "x"]] * 21},
        {"names": ["a"] * 4},
        {"names": [1]},
    ],
)
def test_forged_errors_are_refused(change):
    with pytest.raises(Refused):
        read_reply({"ok": False, "error": ERROR | change}, [])
