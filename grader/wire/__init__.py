"""Values cross as data: `encode` makes JSON and buffers of arguments, `decode` makes values of a reply.

The probe in the learner's session speaks the same format (``grader/engine/probe.py``) and shares no code with this file.

A tree is JSON. None, bool, str, ints up to 2**53 and finite floats stand for themselves; all else is {"k": kind, ...}:

    int       v: hexadecimal                 dict       v: [[tree, tree], ...]
    float     v: "nan" | "inf" | "-inf"      list, tuple, set, frozenset   v: [tree, ...]
    complex   v: [real, imaginary]           array      dtype, shape, b: index of a buffer, little-endian, C order
    bytes     b: index of a buffer           scalar     dtype, v: number     (a NumPy scalar)
    dtype     v: name                        strings    shape, v: [str, ...]  (an array of text, flat)
    shape     v: [int | null, ...]           tensor     kind, array: tree, trainable, name, note, id
    handle    id, type, repr, why            model, history: see model_info; figure: see figure
    ref       id   (arguments only)          source     v: a Python expression   (arguments only)
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from grader import values
from grader.wire.limits import PLAIN_INT, Refused, WireLimits
from grader.wire.reader import DTYPES, Buffer, Reader, Tree, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Refused", "Value", "WireLimits", "decode", "encode"]

DEFAULT_LIMITS = WireLimits()
Writer = Callable[[Any, list[bytes]], Tree]


def decode(tree: Tree, buffers: Sequence[Buffer], limits: WireLimits = DEFAULT_LIMITS) -> Value:
    """What a reply says, as values of our own making; arrays are read-only.

    Raises Refused where anything is malformed, too big, too deep or unknown.
    """
    return Reader.of(buffers, limits).value(tree)


def encode(value: Value) -> tuple[Tree, list[bytes]]:
    """A check's value as JSON and buffers. Raises TypeError for what does not travel: the check author's mistake."""
    buffers: list[bytes] = []
    return _tree(value, buffers), buffers


def _tree(value: Value, buffers: list[bytes]) -> Tree:
    if value is None or isinstance(value, bool):
        return value
    for kinds, write in _WRITERS:
        if isinstance(value, kinds):
            return write(value, buffers)
    if hasattr(value, "numpy"):
        return _write_tensor(_own_tensor(value), buffers)
    raise TypeError(f"{type(value).__name__} cannot be handed to a learner's program; arrays, numbers and lists can")


def _own_tensor(value: Any) -> values.Tensor:
    """A tf.Tensor or a variable that the check itself has made."""
    kind: values.TensorKind = "Variable" if hasattr(value, "assign") else "Tensor"
    array, real = np.asarray(value.numpy()), str(getattr(value.dtype, "name", value.dtype))
    if real == "bfloat16":
        return values.Tensor(array.astype("float32"), kind, getattr(value, "trainable", None), note=real)
    return values.Tensor(array, kind, getattr(value, "trainable", None))


def _buffer(data: bytes, buffers: list[bytes]) -> int:
    buffers.append(data)
    return len(buffers) - 1


def _write_generic(value: np.generic, _: list[bytes]) -> Tree:
    return {"k": "scalar", "dtype": _dtype_name(value.dtype), "v": _number(value.item())}


def _write_int(value: int, _: list[bytes]) -> Tree:
    return int(value) if abs(value) <= PLAIN_INT else {"k": "int", "v": hex(value)}


def _write_float(value: float, _: list[bytes]) -> Tree:
    number = _number(float(value))
    return {"k": "float", "v": number} if isinstance(number, str) else number


def _number(value: Any) -> Any:
    """As JSON can write it."""
    if isinstance(value, complex):
        return [_number(value.real), _number(value.imag)]
    if not isinstance(value, float) or math.isfinite(value):
        return value
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


def _write_array(value: values.Array, buffers: list[bytes]) -> Tree:
    if value.dtype.kind in "US":
        return {"k": "strings", "shape": list(value.shape), "v": [str(s) for s in value.astype("U").ravel()]}
    name = _dtype_name(value.dtype)
    data = value.astype(DTYPES[name]).tobytes("C")
    return {"k": "array", "dtype": name, "shape": list(value.shape), "b": _buffer(data, buffers)}


def _dtype_name(dtype: np.dtype[Any]) -> str:
    if dtype.name not in DTYPES:
        raise TypeError(f"values of dtype {dtype} cannot be handed to a learner's program")
    return dtype.name


def _write_tensor(value: values.Tensor, buffers: list[bytes]) -> Tree:
    if value.handle is not None:
        return {"k": "ref", "id": value.handle.id}
    tree = {"k": "tensor", "kind": value.kind, "array": _write_array(value.array, buffers)}
    return tree | {"trainable": value.trainable, "name": value.name, "note": value.note}


def _write_many(kind: str) -> Writer:
    return lambda value, buffers: {"k": kind, "v": [_tree(v, buffers) for v in value]}


def _write_dict(value: dict[Value, Value], buffers: list[bytes]) -> Tree:
    return {"k": "dict", "v": [[_tree(k, buffers), _tree(v, buffers)] for k, v in value.items()]}


_WRITERS: tuple[tuple[type | tuple[type, ...], Writer], ...] = (
    (str, lambda v, _: str(v)),
    (np.generic, _write_generic),
    (int, _write_int),
    (float, _write_float),
    (complex, lambda v, _: {"k": "complex", "v": _number(v)}),
    ((bytes, bytearray), lambda v, b: {"k": "bytes", "b": _buffer(bytes(v), b)}),
    (list, _write_many("list")),
    (tuple, _write_many("tuple")),
    (set, _write_many("set")),
    (frozenset, _write_many("frozenset")),
    (dict, _write_dict),
    (np.ndarray, _write_array),
    (values.Tensor, _write_tensor),
    (values.Handle, lambda v, _: {"k": "ref", "id": v.id}),
    (values.StudentModel, lambda v, _: {"k": "ref", "id": v.handle.id}),
    (values.Source, lambda v, _: {"k": "source", "v": v.expression}),
    (values.Dtype, lambda v, _: {"k": "dtype", "v": v.name}),
    (values.Shape, lambda v, _: {"k": "shape", "v": list(v.dims)}),
)
