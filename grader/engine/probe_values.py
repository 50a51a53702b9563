"""What Python and NumPy have, as it crosses.

A learner's classes may lie about themselves: they are read by the means of the base class they come from.
"""

from __future__ import annotations

import builtins
from typing import Any

from numpy import asarray, generic, ndarray
from numpy import dtype as numpy_dtype

from grader.engine.probe_export import (
    AXES,
    BUFFER_BYTES,
    ELEMENTS,
    INT_BITS,
    PLAIN_INT,
    SCALARS,
    TEXT_CHARS,
    Exporter,
    Tree,
    Writer,
)
from grader.engine.probe_text import NAME_CHARS, bases, classes, clean, number

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

CARRIED = {
    "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
    "float16", "float32", "float64", "complex64", "complex128",
}  # fmt: skip
NEAREST = {
    "bfloat16": "float32",
    "longdouble": "float64",
    "float128": "float64",
    "clongdouble": "complex128",
    "complex256": "complex128",
}
TEXT_KINDS = "UST"
as_base = ndarray.view


def write_str(out: Exporter, value: str, _: int) -> Tree:
    """Strings stand for themselves."""
    if str.__len__(value) > TEXT_CHARS:
        return out.handle(value, "large")
    return out.plain(out.text(clean(value)[:TEXT_CHARS]))  # escapes may have made it longer


def write_int(out: Exporter, value: int, _: int) -> Tree:
    """Small ints stand for themselves; large ones travel as hexadecimal."""
    exact = int.__pos__(value)
    if abs(exact) <= PLAIN_INT:
        return out.plain(exact)
    if exact.bit_length() > INT_BITS:
        return out.handle(exact, "large")
    return out.node("int", v=out.text(hex(exact)))


def write_float(out: Exporter, value: float, _: int) -> Tree:
    """Finite floats stand for themselves."""
    written = number(float.__pos__(value))
    return out.plain(written) if type(written) is float else out.node("float", v=written)


def write_complex(out: Exporter, value: complex, _: int) -> Tree:
    """Two numbers."""
    exact = complex.__pos__(value)
    return out.node("complex", v=[number(exact.real), number(exact.imag)])


def write_bytes(out: Exporter, value: bytes, _: int) -> Tree:
    """A buffer."""
    data = memoryview(value).tobytes()
    return out.node("bytes", b=out.buffer(data)) if out.fits(len(data)) else out.handle(value, "large")


def write_dict(out: Exporter, value: dict[Any, Any], depth: int) -> Tree:
    """Pairs, in their order."""
    if why := out.closed(value, depth):
        return out.handle(value, why)
    pairs = dict.items(value)
    v = out.inside_of(value, lambda: [[out.key(k, depth + 1), out.tree(v, depth + 1)] for k, v in pairs])
    return out.node("dict", v=v)


def write_scalar(out: Exporter, value: generic, _: int) -> Tree:
    """A NumPy scalar: its dtype and a number."""
    array = asarray(value)
    name = NEAREST.get(array.dtype.name, array.dtype.name)
    if name not in CARRIED:
        return out.handle(value)
    item = array.astype(name).item()
    if type(item) is complex:
        item = [number(item.real), number(item.imag)]
    return out.node("scalar", dtype=name, v=number(item) if type(item) is float else item)


def write_array(out: Exporter, value: Any, _: int) -> Tree:
    """An array as its base class sees it: dtype, shape, bytes."""
    if any(base.__name__ == "MaskedArray" for base in bases(value)):
        return out.handle(value)  # without its mask it would say something else
    exact = as_base(value, ndarray)
    node = array_node(out, exact)
    return out.handle(value, why_not(exact)) if node is None else node


def why_not(array: Any) -> str:
    """Of an array that did not cross: its size, or else its dtype."""
    name = NEAREST.get(array.dtype.name, array.dtype.name)
    return "large" if name in CARRIED or array.dtype.kind in TEXT_KINDS else ""


def array_node(out: Exporter, array: Any) -> Tree | None:
    """None where its dtype does not travel, or it is too large."""
    if array.dtype.kind in TEXT_KINDS:
        return strings_node(out, array)
    name = NEAREST.get(array.dtype.name, array.dtype.name)
    if name not in CARRIED or not walkable(array.shape):
        return None
    dtype = numpy_dtype(name).newbyteorder("<")
    if not out.fits(array.size * dtype.itemsize):
        return None
    data = array.astype(dtype).tobytes("C")
    return out.node("array", dtype=name, shape=list(array.shape), b=out.buffer(data))


def walkable(shape: tuple[int, ...]) -> bool:
    """Whether a loop along each axis would come to its end, also where another axis is empty."""
    elements = 1
    for length in shape:
        elements *= length or 1
    return len(shape) <= AXES and elements <= ELEMENTS


def strings_node(out: Exporter, array: Any) -> Tree | None:
    """An array of text (or of bytes that are text), flat."""
    if out.scalars + array.size > SCALARS or not walkable(array.shape):
        return None
    words = [
        clean(w.decode("utf-8", "backslashreplace") if isinstance(w, bytes) else str(w)) for w in array.ravel().tolist()
    ]
    widest = max(map(len, words), default=0)
    if widest > TEXT_CHARS or len(words) * widest * 4 > BUFFER_BYTES:
        return None
    out.scalars += len(words)
    return out.node("strings", shape=list(array.shape), v=[out.text(w) for w in words])


def write_type(out: Exporter, value: type, _: int) -> Tree:
    """NumPy's scalar types are dtypes; other classes stay."""
    if generic in classes(value):
        return out.node("dtype", v=numpy_dtype(value).name)
    return out.handle(value)


def write_dtype(out: Exporter, value: Any, _: int) -> Tree:
    """A dtype by its name."""
    return out.node("dtype", v=clean(value.name)[:NAME_CHARS])


PYTHON_WRITERS: dict[type, Writer] = {
    str: write_str,
    int: write_int,
    float: write_float,
    complex: write_complex,
    bytes: write_bytes,
    bytearray: write_bytes,
    list: lambda out, v, d: out.many("list", list.__iter__(v), v, d),
    tuple: lambda out, v, d: out.many("tuple", tuple.__iter__(v), v, d),
    set: lambda out, v, d: out.many("set", set.__iter__(v), v, d),
    frozenset: lambda out, v, d: out.many("frozenset", frozenset.__iter__(v), v, d),
    dict: write_dict,
    type: write_type,
    ndarray: write_array,
    generic: write_scalar,
    numpy_dtype: write_dtype,
}
