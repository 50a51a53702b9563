"""Reads a reply that may be forged: values of our own making, or `Refused`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader import values
from grader.wire_figure import read_figure
from grader.wire_limits import (
    PLAIN_INT,
    WireLimits,
    finite,
    items,
    malformed,
    mapping,
    real,
    text,
    too_large,
    truth,
    whole,
)
from grader.wire_model_info import read_history, read_model

Value = Any  # None, bool, int, float, complex, str, bytes, list, tuple, dict, set, NumPy, or a class of grader.values
Buffer = bytes | memoryview
Tree = Any
DTYPES = {
    name: np.dtype(name).newbyteorder("<")
    for name in (
        "bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64",
        "float16", "float32", "float64", "complex64", "complex128",
    )
}  # fmt: skip


@dataclass
class Reader:
    """Reads one reply; counts what it has read."""

    buffers: list[bytes]
    limits: WireLimits
    used: set[int] = field(default_factory=set)
    nodes: int = 0
    scalars: int = 0
    depth: int = 0

    @classmethod
    def of(cls, buffers: Sequence[Buffer], limits: WireLimits) -> Reader:
        """With copies of the buffers, once their sizes were seen."""
        if len(buffers) > limits.nodes or sum(memoryview(b).nbytes for b in buffers) > limits.buffer_bytes:
            raise too_large("buffers")
        return cls([bytes(b) for b in buffers], limits)

    def value(self, tree: Tree) -> Value:
        """One tree, of any kind."""
        if type(tree) is not dict:
            return self._plain(tree)
        self.nodes += 1
        self.depth += 1
        if self.nodes > self.limits.nodes or self.depth > self.limits.depth:
            raise too_large("nesting" if self.depth > self.limits.depth else "elements")
        read = READERS.get(tree["k"]) if type(tree.get("k")) is str else None
        if read is None:
            raise malformed("kind")
        made = read(self, tree)
        self.depth -= 1
        return made

    def count(self, scalars: int) -> None:
        """Raises Refused where these are more than one reply may hold."""
        self.scalars += scalars
        if self.scalars > self.limits.scalars:
            raise too_large("elements")

    def _plain(self, tree: Tree) -> Value:
        self.count(1)
        if tree is None or type(tree) is bool:
            return tree
        if type(tree) is str:
            return text(tree, "string", self.limits.text_chars)
        if type(tree) is int:
            return whole(tree, "int", -PLAIN_INT)
        return finite(tree, "number")

    def buffer(self, index: object) -> bytes:
        """The buffer of this index; each is used once."""
        at = whole(index, "buffer index", 0, len(self.buffers) - 1)
        if at in self.used:
            raise malformed("buffer used twice")
        self.used.add(at)
        return self.buffers[at]

    def many(self, tree: Tree) -> list[Value]:
        """The values of a container."""
        return [self.value(v) for v in items(tree.get("v"), "elements", self.limits.scalars)]

    def array(self, tree: Tree) -> values.Array:
        """A read-only array of numbers."""
        dtype = self.dtype(tree)
        shape = self.dims(tree)
        data = self.buffer(tree.get("b"))
        if len(data) != int(np.prod(shape, dtype=object)) * dtype.itemsize:
            raise malformed("array size")
        if dtype.kind == "b" and np.frombuffer(data, np.uint8).max(initial=0) > 1:
            raise malformed("bool")  # NumPy's behaviour is undefined for other bytes
        return np.frombuffer(data, dtype).reshape(shape)

    def dtype(self, tree: Tree) -> np.dtype[Any]:
        """One of the dtypes that travel."""
        name = tree.get("dtype")
        if type(name) is not str or name not in DTYPES:
            raise malformed("dtype")
        return DTYPES[name]

    def dims(self, tree: Tree) -> tuple[int, ...]:
        """Lengths of the axes of an array."""
        elements = 1
        shape = tuple(whole(d, "shape") for d in items(tree.get("shape"), "shape", self.limits.axes))
        for length in shape:
            elements *= max(length, 1)
        if elements > self.limits.elements:
            raise too_large("shape")
        return shape

    def handle(self, tree: Tree) -> values.Handle:
        """What stays in the learner's session."""
        why = tree.get("why", "")
        if type(why) is not str or why not in set(values.Why):
            raise malformed("handle")
        return values.Handle(
            whole(tree.get("id"), "handle"),
            text(tree.get("type"), "handle", 200),
            text(tree.get("repr"), "handle", self.limits.repr_chars),
            values.Why(why),
        )


def _read_int(reader: Reader, tree: Tree) -> int:
    written = text(tree.get("v"), "int", reader.limits.int_bits // 4 + 3)
    digits = written.removeprefix("-").removeprefix("0x")
    if not digits or not set(digits) <= set("0123456789abcdef"):
        raise malformed("int")
    return int(digits, 16) * (-1 if written[0] == "-" else 1)


def _read_complex(_: Reader, tree: Tree) -> complex:
    parts = items(tree.get("v"), "complex", 2)
    if len(parts) != 2:  # noqa: PLR2004 - a real and an imaginary part
        raise malformed("complex")
    return complex(real(parts[0], "complex"), real(parts[1], "complex"))


def _read_scalar(reader: Reader, tree: Tree) -> np.generic:
    dtype, value = reader.dtype(tree), tree.get("v")
    if dtype.kind == "b":
        return np.bool_(truth(value, "scalar"))
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        return np.asarray(whole(value, "scalar", int(info.min), int(info.max)), dtype)[()]
    number = _read_complex(reader, tree) if dtype.kind == "c" else real(value, "scalar")
    with np.errstate(over="ignore"):
        return np.asarray(number, dtype)[()]


def _read_strings(reader: Reader, tree: Tree) -> values.Array:
    shape = reader.dims(tree)
    words = [
        text(w, "strings", reader.limits.text_chars) for w in items(tree.get("v"), "strings", reader.limits.scalars)
    ]
    widest = max(map(len, words), default=0)
    if len(words) != int(np.prod(shape, dtype=object)):
        raise malformed("strings")
    if len(words) * widest * 4 > reader.limits.buffer_bytes:  # NumPy pads all of them to the longest
        raise too_large("strings")
    array = np.array(words, dtype=f"U{max(widest, 1)}").reshape(shape)
    array.flags.writeable = False
    return array


def _read_dict(reader: Reader, tree: Tree) -> dict[Value, Value]:
    made: dict[Value, Value] = {}
    for pair in items(tree.get("v"), "dict", reader.limits.scalars):
        if len(items(pair, "dict", 2)) != 2:  # noqa: PLR2004 - a key and a value
            raise malformed("dict")
        key = reader.value(pair[0])
        if _unhashable(key) or key in made:
            raise malformed("key")
        made[key] = reader.value(pair[1])
    return made


def _read_set(reader: Reader, tree: Tree) -> set[Value]:
    members = reader.many(tree)
    if any(map(_unhashable, members)):
        raise malformed("set")
    return set(members)


def _unhashable(value: Value) -> bool:
    try:
        hash(value)
    except TypeError:
        return True
    return False


def _read_shape(reader: Reader, tree: Tree) -> values.Shape:
    dims = items(tree.get("v"), "shape", reader.limits.axes)
    return values.Shape(tuple(None if d is None else whole(d, "shape") for d in dims))


_KINDS: dict[str, values.TensorKind] = {"Tensor": "Tensor", "Variable": "Variable", "KerasVariable": "KerasVariable"}


def _read_tensor(reader: Reader, tree: Tree) -> values.Tensor:
    kind, inner, trainable = tree.get("kind"), mapping(tree.get("array"), "tensor"), tree.get("trainable")
    if type(kind) is not str or kind not in _KINDS:
        raise malformed("tensor")
    array = _read_strings(reader, inner) if inner.get("k") == "strings" else reader.array(inner)
    name = text(tree.get("name"), "name", 200)
    handle = None
    if tree.get("id") is not None:
        handle = values.Handle(whole(tree["id"], "tensor"), kind, f"<{kind} {name}>")
    return values.Tensor(
        array,
        _KINDS[kind],
        None if trainable is None else truth(trainable, "trainable"),
        name,
        text(tree.get("note"), "note", 200),
        handle,
    )


READERS: dict[str, Callable[[Reader, Tree], Value]] = {
    "int": _read_int,
    "float": lambda _, t: real(t.get("v"), "float"),
    "complex": _read_complex,
    "bytes": lambda r, t: r.buffer(t.get("b")),
    "list": Reader.many,
    "tuple": lambda r, t: tuple(r.many(t)),
    "set": _read_set,
    "frozenset": lambda r, t: frozenset(_read_set(r, t)),
    "dict": _read_dict,
    "array": Reader.array,
    "strings": _read_strings,
    "scalar": _read_scalar,
    "dtype": lambda r, t: values.Dtype(text(t.get("v"), "dtype", 40)),
    "shape": _read_shape,
    "tensor": _read_tensor,
    "handle": Reader.handle,
    "figure": read_figure,
    "model": read_model,
    "history": read_history,
}
