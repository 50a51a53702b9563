"""Whatever a learner's program answers with: it crosses as what it is, or stays as a handle that says why."""

from __future__ import annotations

import collections
import enum
import warnings
from typing import NamedTuple

import ml_dtypes
import numpy as np
import pandas as pd
import pytest

from grader import values
from grader.engine import probe_export
from grader.values import Why
from grader.wire.limits import PLAIN_INT, WireLimits
from tests.wire.session import Session, crossed


def handle(value, why=Why.KIND):
    got = crossed(value)
    assert isinstance(got, values.Handle), got
    assert got.why is why
    return got


def test_the_probe_cuts_where_the_grader_refuses():
    limits = WireLimits()
    pairs = {
        "DEPTH": limits.depth,
        "NODES": limits.nodes,
        "SCALARS": limits.scalars,
        "BUFFER_BYTES": limits.buffer_bytes,
        "TEXT_CHARS": limits.text_chars,
        "ALL_CHARS": limits.all_chars,
        "REPR_CHARS": limits.repr_chars,
        "INT_BITS": limits.int_bits,
        "AXES": limits.axes,
        "ELEMENTS": limits.elements,
        "PLAIN_INT": PLAIN_INT,
    }
    assert {name: getattr(probe_export, name) for name in pairs} == pairs


# ---- what stays ----


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (map(str, [1]), "map"),
        (filter(None, [1]), "filter"),
        (range(3), "range"),
        (zip([1], [2], strict=True), "zip"),
        ((i for i in [1]), "generator"),
        ({1: 2}.keys(), "dict_keys"),
        (len, "builtin_function_or_method"),
        (np, "module"),
        (int, "type"),
        (collections.deque([1]), "collections.deque"),
    ],
)
def test_other_types_stay_under_their_name(value, name):
    assert handle(value).type_name == name


def test_classes_of_the_learner_go_by_their_own_name():
    node = Session("class Node:\n    pass\nn = Node()").value("n")
    assert node.type_name == "Node"


def test_no_address_is_shown_so_that_equal_programs_look_equal():
    assert handle(object()).repr == "<object object>"
    assert handle(lambda: 1).repr.count("0x") == 0


def test_long_reprs_are_cut_in_the_middle():
    class Long:
        def __repr__(self):
            return "a" * 10_000 + "z"

    shown = handle(Long()).repr
    assert len(shown) <= 500
    assert " … " in shown


def test_a_repr_that_raises_is_noted():
    class Bad:
        def __repr__(self):
            raise RuntimeError("no")

    assert handle(Bad(), Why.BROKEN).repr.startswith("<")


def test_a_list_that_contains_itself():
    endless = [1]
    endless.append(endless)
    assert crossed(endless)[0] == 1
    assert crossed(endless)[1].why is Why.CYCLE


def test_a_dict_that_contains_itself():
    endless = {}
    endless["me"] = [endless]
    assert crossed(endless)["me"][0].why is Why.CYCLE


def test_the_same_list_twice_is_no_cycle():
    row = [0, 0]
    assert crossed([row, row]) == [[0, 0], [0, 0]]


def test_deep_nesting_stops_at_the_limit():
    deep = inner = []
    for _ in range(50):
        inner.append([])
        inner = inner[0]
    got, depth = crossed(deep), 1
    while isinstance(got, list):
        got, depth = got[0], depth + 1
    assert got.why is Why.DEEP
    assert depth == WireLimits().depth


def test_nesting_beyond_pythons_own_limit():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert isinstance(crossed(deep), list)
    while deep:  # take it apart, because freeing it at once overruns the stack of some Pythons
        deep = deep[0]


@pytest.mark.parametrize(
    "value",
    [
        [0] * 300_000,
        [[]] * 20_000,
        "x" * 200_000,
        ["x" * 90_000] * 60,
        np.zeros(10**8),
        np.broadcast_to(np.zeros(1), (10**6, 10**6)),
        1 << 10_000,
        b"x" * (65 * 2**20),
        np.array(["x" * 1000] + ["y"] * 20_000),
    ],
    ids=["scalars", "nodes", "string", "text", "array", "broadcast", "int", "bytes", "strings"],
)
def test_what_is_too_large_stays(value):
    handle(value, Why.LARGE)


def test_one_large_array_does_not_hide_the_rest():
    got = crossed([1, np.zeros(10**8), np.ones(2)])
    assert got[0] == 1
    assert got[1].why is Why.LARGE
    assert got[2].tolist() == [1, 1]


def test_object_and_structured_arrays_stay():
    assert handle(np.array([1, None], object)).type_name == "numpy.ndarray"
    handle(np.zeros(2, [("a", "i4")]))
    handle(np.array("2024-01-01", "datetime64[D]"))
    handle(np.ma.masked_array([1, 2], [True, False]))


# ---- what crosses ----


class Count(int):
    def __add__(self, other):
        return 0

    def __repr__(self):
        return "lie"


class Rows(list):
    def __iter__(self):
        return iter(["lie"])

    def __len__(self):
        return 0


class Table(dict):
    def items(self):
        return [("lie", 0)]

    def __iter__(self):
        return iter(["lie"])


class Words(str):
    __slots__ = ()

    def __str__(self):
        return "lie"

    def encode(self, *_):
        return b"lie"


class Matrix(np.ndarray):
    def __array__(self, *_, **__):
        raise RuntimeError("no")

    def tobytes(self, *_):
        return b"lie"

    @property
    def shape(self):
        return (99,)


class Real(float):
    def __float__(self):
        return 0.0


class Fruit(enum.IntEnum):
    APPLE = 3


class Point(NamedTuple):
    x: int
    y: int


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Count(7), 7),
        (Rows([1, 2]), [1, 2]),
        (Table(a=1), {"a": 1}),
        (Words("true"), "true"),
        (Real(2.5), 2.5),
        (Fruit.APPLE, 3),
        (Point(1, 2), (1, 2)),
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.defaultdict(int, {2: 3}), {2: 3}),
        (bytearray(b"ab"), b"ab"),
        (True, True),
        (None, None),
        ({1: "a", 2.5: "b", (1, 2): "c", None: "d"}, {1: "a", 2.5: "b", (1, 2): "c", None: "d"}),
        ([[], (), {}, set()], [[], (), {}, set()]),
    ],
    ids=repr,
)
def test_subclasses_are_copied_by_the_means_of_their_base(value, plain):
    got = crossed(value)
    assert got == plain
    assert type(got) is type(plain)


def test_an_array_subclass_cannot_lie():
    got = crossed(np.arange(3.0).view(Matrix))
    assert type(got) is np.ndarray
    assert got.tolist() == [0, 1, 2]


def test_numpy_matrix_and_memmap(tmp_path):
    with warnings.catch_warnings(action="ignore"):
        assert crossed(np.matrix([[1, 2]])).shape == (1, 2)
    assert crossed(np.memmap(tmp_path / "m", "i4", "w+", shape=(2,))).tolist() == [0, 0]


def test_a_key_that_the_grader_could_not_hash_becomes_a_handle():
    class Rowkey(list):
        def __hash__(self):
            return 1

    (key,) = crossed({Rowkey([1]): 2})
    assert isinstance(key, values.Handle)


def test_numpy_scalars_keep_their_dtype():
    got = crossed([np.float32(0.1), np.bool_(True), np.uint64(2**64 - 1), np.complex64(1j), np.float16(np.nan)])
    assert [v.dtype.name for v in got] == ["float32", "bool", "uint64", "complex64", "float16"]
    assert got[:4] == [np.float32(0.1), np.bool_(True), np.uint64(2**64 - 1), np.complex64(1j)]
    assert np.isnan(got[4])


def test_dtypes_that_do_not_travel_come_as_the_nearest_that_does():
    assert crossed(np.array([1.5], ml_dtypes.bfloat16)).dtype == np.float32
    assert crossed(np.array([1.5], np.longdouble)).dtype == np.float64


def test_text_and_numpy_types():
    assert crossed(np.str_("a")) == "a"
    assert crossed(np.float32) == values.Dtype("float32")
    assert crossed(np.dtype("int64")) == values.Dtype("int64")
    assert crossed(np.array([b"a", b"bc"])).tolist() == ["a", "bc"]


def test_lone_surrogates_are_written_out():
    assert crossed("a\ud800b") == "a\\ud800b"


def test_zero_sized_arrays():
    assert crossed(np.zeros((0, 3), "int8")).shape == (0, 3)


# ---- TensorFlow ----


def test_tensors_and_variables():
    import tensorflow as tf

    got = crossed([tf.constant([[1, 2]]), tf.Variable([1.0], name="w", trainable=False), tf.constant("가")])
    assert [(t.kind, t.dtype.kind, t.shape) for t in got] == [
        ("Tensor", "i", (1, 2)),
        ("Variable", "f", (1,)),
        ("Tensor", "U", ()),
    ]
    assert (got[1].name, got[1].trainable) == ("w:0", False)
    assert got[1].handle is not None
    assert got[2].array[()] == "가"
    assert got[2].note == "string"


def test_a_bfloat16_tensor_comes_as_float32_and_says_so():
    import tensorflow as tf

    got = crossed(tf.constant([1.5], tf.bfloat16))
    assert (got.dtype.name, got.note) == ("float32", "bfloat16")


def test_keras_variables():
    import keras

    got = crossed(keras.Variable([1.0, 2.0]))
    assert (got.kind, got.trainable) == ("KerasVariable", True)


def test_shapes_and_dtypes_of_tensorflow():
    import tensorflow as tf

    assert crossed(tf.TensorShape([None, 3])) == values.Shape((None, 3))
    assert crossed(tf.constant([1]).shape) == values.Shape((1,))
    assert crossed(tf.int32) == values.Dtype("int32")
    assert isinstance(crossed(tf.TensorShape(None)), values.Handle)


def test_tensors_that_are_no_arrays_stay():
    import keras
    import tensorflow as tf

    assert handle(tf.ragged.constant([[1], [2, 3]])).type_name == "tensorflow.RaggedTensor"
    handle(tf.sparse.from_dense([[0, 1]]))
    handle(keras.Input((2,)))
    handle(keras.layers.Dense(2))


def test_a_tensor_without_values_stays():
    session = Session(
        "import tensorflow as tf\nseen = []\n@tf.function\ndef f(x):\n    seen.append(x)\n    return x\nf(tf.constant(1))"
    )
    assert isinstance(session.value("seen")[0], values.Handle)


def test_an_assigned_variable_is_still_a_variable():
    import tensorflow as tf

    assert crossed(tf.Variable(1.0).assign(2.0)).kind == "Variable"


def test_histories():
    import keras

    history = keras.callbacks.History()
    history.epoch, history.history = [0, 1], {"loss": [np.float32(0.5), float("nan")], "acc": [0, 1]}
    got = crossed(history)
    assert got.epochs == 2
    assert got.history["acc"] == [0, 1]
    assert got.history["loss"][0] == 0.5
    assert np.isnan(got.history["loss"][1])


def test_without_tensorflow_plain_values_still_cross(monkeypatch):
    import sys

    for name in ("tensorflow", "keras", "matplotlib.figure", "matplotlib._pylab_helpers"):
        monkeypatch.setitem(sys.modules, name, None)
    assert Session("def f(x):\n    return x + 1").answer("f", 1, seed=3) == 2


# ---- pandas ----


def test_columns_and_tables_of_pandas_cross_as_their_values():
    table = pd.DataFrame({"loss": [1.0, 0.5], "val_loss": [2.0, 1.5]})
    for frame, wanted in [(table["loss"], [1.0, 0.5]), (table, [[1.0, 2.0], [0.5, 1.5]]), (table.index, [0, 1])]:
        got = crossed(frame)
        assert type(got) is np.ndarray
        np.testing.assert_array_equal(got, wanted)


def test_a_table_of_words_and_numbers_stays():
    assert handle(pd.DataFrame({"gate": ["OR"], "accuracy": [1.0]})).type_name.endswith("DataFrame")
