"""Whatever travels comes out as it went in: grader to program to grader."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader import values, wire
from grader.wire.reader import DTYPES
from tests.wire.session import Session, crossed

ECHO = Session("def echo(x):\n    return x\n")
quick = settings(max_examples=60, deadline=None)

numbers = st.one_of(
    st.none(), st.booleans(), st.integers(), st.integers(-(2**600), 2**600), st.floats(), st.complex_numbers()
)
leaves = st.one_of(numbers, st.text(max_size=30), st.binary(max_size=30))
keys = st.one_of(st.booleans(), st.integers(), st.text(max_size=10), st.tuples(st.integers(), st.text(max_size=3)))
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(keys, inner, max_size=4),
        st.sets(st.integers(), max_size=4),
        st.frozensets(st.text(max_size=4), max_size=4),
    ),
    max_leaves=20,
)
arrays = st.sampled_from(sorted(DTYPES)).flatmap(
    lambda name: hnp.arrays(DTYPES[name], hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4))
)


def alike(a, b):
    """Equal in type and value, where NaN equals NaN."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(alike, a, b))
    if isinstance(a, dict):
        return list(map(repr, a)) == list(map(repr, b)) and all(map(alike, a.values(), b.values()))
    if isinstance(a, complex):
        return alike(a.real, b.real) and alike(a.imag, b.imag)
    if isinstance(a, float):
        return (math.isnan(a) and math.isnan(b)) or (a == b and math.copysign(1, a) == math.copysign(1, b))
    return a == b


@given(trees)
@quick
def test_python_values(value):
    assert alike(ECHO.answer("echo", value), value)


@given(arrays)
@quick
def test_arrays_of_every_dtype_and_shape(array):
    got = ECHO.answer("echo", array)
    assert type(got) is np.ndarray
    assert (got.dtype, got.shape) == (array.dtype, array.shape)
    np.testing.assert_array_equal(got, array)


@given(arrays.filter(lambda a: a.shape == ()))
@quick
def test_numpy_scalars(array):
    scalar = array[()]
    got = ECHO.answer("echo", scalar)
    assert type(got) is type(scalar)
    np.testing.assert_array_equal(got, scalar)


@given(arrays)
@settings(max_examples=30, deadline=None)
def test_tensors(array):
    got = ECHO.answer("echo", values.Tensor(array))
    assert isinstance(got, values.Tensor)
    assert (got.kind, got.dtype, got.shape) == ("Tensor", array.dtype, array.shape)
    np.testing.assert_array_equal(got.numpy(), array)


@pytest.mark.parametrize("kind", ["Variable", "KerasVariable"])
def test_variables_keep_their_kind_name_and_whether_they_train(kind):
    given_ = values.Tensor(np.array([1.5, 2.5], "float32"), kind, trainable=False, name="w")
    got = ECHO.answer("echo", given_)
    assert (got.kind, got.trainable, got.name.removesuffix(":0")) == (kind, False, "w")
    assert got.dtype == np.float32
    np.testing.assert_array_equal(got, [1.5, 2.5])


@pytest.mark.parametrize("value", [values.Dtype("float32"), values.Shape((None, 2)), values.Shape(())])
def test_dtypes_and_shapes(value):
    assert ECHO.answer("echo", value) == value


def test_arrays_of_text():
    got = ECHO.answer("echo", np.array([["a", "가나"], ["", "z"]]))
    assert got.dtype.kind == "U"
    assert got.tolist() == [["a", "가나"], ["", "z"]]


def test_decoded_arrays_cannot_be_written_to():
    got = ECHO.answer("echo", np.zeros(3))
    with pytest.raises(ValueError, match="read-only"):
        got[0] = 1


def test_a_program_may_write_to_the_arrays_it_gets():
    assert Session("def f(a):\n    a[0] = 9\n    return a").answer("f", np.zeros(2)).tolist() == [9, 0]


@pytest.mark.parametrize(
    "array",
    [
        np.arange(24.0).reshape(2, 3, 4)[:, ::-1, ::2],
        np.asfortranarray(np.arange(6).reshape(2, 3)),
        np.arange(6, dtype=">i4"),
        np.arange(6, dtype=">f8").reshape(2, 3).T,
        np.broadcast_to(np.float32(3), (2, 2)),
    ],
    ids=["strided", "fortran", "swapped", "swapped-transposed", "broadcast"],
)
def test_layout_in_memory_makes_no_difference(array):
    for got in (crossed(array), ECHO.answer("echo", array)):
        np.testing.assert_array_equal(got, array)
        assert got.dtype == array.dtype.newbyteorder("=")


def test_tensors_of_tensorflow_are_taken_as_arguments():
    import tensorflow as tf

    got = ECHO.answer("echo", [tf.constant([1, 2]), tf.Variable(3.0), tf.constant(1.5, tf.bfloat16)])
    assert [(t.kind, t.dtype.name, t.note) for t in got] == [
        ("Tensor", "int32", ""),
        ("Variable", "float32", ""),
        ("Tensor", "float32", "bfloat16"),
    ]


def test_a_tensor_behaves_like_an_array():
    tensor = values.Tensor(np.array([1.0, 2.0]))
    assert (tensor.ndim, len(tensor), tensor[1], list(tensor)) == (1, 2, 2.0, [1.0, 2.0])
    assert float(values.Tensor(np.array(2.5))) == 2.5
    assert int(values.Tensor(np.array(2))) == 2
    assert bool(values.Tensor(np.array(True)))
    assert (tensor + 1).tolist() == [2, 3]
    assert (np.ones(2) - tensor).tolist() == [0, -1]
    assert (tensor == np.array([1, 0])).tolist() == [True, False]
    assert np.sum(tensor) == 3


def test_a_tensor_is_taken_by_tensorflow():
    import tensorflow as tf

    assert float(tf.reduce_sum(values.Tensor(np.array([1.0, 2.0])))) == 3


@pytest.mark.parametrize("value", [object(), lambda: 1, np.array([object()]), np.datetime64("2024-01-01")])
def test_what_does_not_travel_is_the_authors_mistake(value):
    with pytest.raises(TypeError, match="cannot be handed"):
        wire.encode([value])
