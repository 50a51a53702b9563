"""Reads a reply that may be forged: values of our own making, or `Refused`."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from grader import values
from grader.wire.figure import read_figure
from grader.wire.limits import (
    PLAIN_INT,
    WireLimits,
    exactly,
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
from grader.wire.model_info import read_model
from grader.wire.training import read_history

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
REASONS = frozenset(values.Why)
TENSORS: dict[str, values.TensorKind] = {
    "Tensor": "Tensor",
    "Variable": "Variable",
    "KerasVariable": "KerasVariable",
}
HEX_DIGITS = frozenset("0123456789abcdef")
NAME_CHARS = 200


@dataclass
class Reader:
    """Reads one reply; counts what it has read."""

    buffers: list[bytes]
    limits: WireLimits
    used: set[int] = field(default_factory=set)
    nodes: int = 0
    scalars: int = 0
    chars: int = 0
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

    def text(self, value: object, what: str) -> str:
        """A string of the answer itself, which may be long."""
        read = text(value, what, self.limits.text_chars)
        self.chars += len(read)
        if self.chars > self.limits.all_chars:
            raise too_large("text")
        return read

    def _plain(self, tree: Tree) -> Value:
        self.count(1)
        if tree is None or type(tree) is bool:
            return tree
        if type(tree) is str:
            return self.text(tree, "string")
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
        if len(data) != math.prod(shape) * dtype.itemsize:
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
        shape = tuple(whole(d, "shape") for d in items(tree.get("shape"), "shape", self.limits.axes))
        if math.prod(max(length, 1) for length in shape) > self.limits.elements:
            raise too_large("shape")
        return shape

    def handle(self, tree: Tree) -> values.Handle:
        """What stays in the learner's session."""
        why = tree.get("why")
        if type(why) is not str or why not in REASONS:
            raise malformed("handle")
        return values.Handle(
            whole(tree.get("id"), "handle"),
            text(tree.get("type"), "handle", NAME_CHARS),
            text(tree.get("repr"), "handle", self.limits.repr_chars),
            values.Why(why),
        )


def _read_int(reader: Reader, tree: Tree) -> int:
    """Hexadecimal, because reading decimal digits takes quadratic time."""
    written = reader.text(tree.get("v"), "int")
    digits = written.removeprefix("-").removeprefix("0x")
    if not digits or not HEX_DIGITS.issuperset(digits):
        raise malformed("int")
    if len(digits) > reader.limits.int_bits // 4 + 1:
        raise too_large("int")
    return int(digits, 16) * (-1 if written[0] == "-" else 1)


def _read_complex(_: Reader, tree: Tree) -> complex:
    real_part, imaginary = exactly(2, tree.get("v"), "complex")
    return complex(real(real_part, "complex"), real(imaginary, "complex"))


def _read_scalar(reader: Reader, tree: Tree) -> np.generic:
    dtype, value = reader.dtype(tree), tree.get("v")
    number: Any
    if dtype.kind == "b":
        number = truth(value, "scalar")
    elif dtype.kind in "iu":
        info = np.iinfo(dtype)
        number = whole(value, "scalar", int(info.min), int(info.max))
    else:
        number = _read_complex(reader, tree) if dtype.kind == "c" else real(value, "scalar")
    with np.errstate(over="ignore"):  # a forged float32 may be too large for one
        scalar: np.generic = dtype.type(number)
    return scalar


def _read_strings(reader: Reader, tree: Tree) -> values.Array:
    shape = reader.dims(tree)
    words = [reader.text(w, "strings") for w in items(tree.get("v"), "strings", reader.limits.scalars)]
    reader.count(len(words))
    widest = max(map(len, words), default=0)
    if len(words) != math.prod(shape):
        raise malformed("strings")
    if len(words) * widest * 4 > reader.limits.buffer_bytes:  # NumPy pads all of them to the longest
        raise too_large("strings")
    array = np.array(words, dtype=f"U{max(widest, 1)}").reshape(shape)
    array.flags.writeable = False
    return array


def _read_dict(reader: Reader, tree: Tree) -> dict[Value, Value]:
    made: dict[Value, Value] = {}
    for pair in items(tree.get("v"), "dict", reader.limits.scalars):
        key_tree, value_tree = exactly(2, pair, "dict")
        key = reader.value(key_tree)
        if _unhashable(key) or key in made:
            raise malformed("key")
        made[key] = reader.value(value_tree)
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


def _read_tensor(reader: Reader, tree: Tree) -> values.Tensor:
    kind, inner, trainable = tree.get("kind"), mapping(tree.get("array"), "tensor"), tree.get("trainable")
    if type(kind) is not str or kind not in TENSORS:
        raise malformed("tensor")
    name = text(tree.get("name"), "tensor", NAME_CHARS)
    kept = tree.get("id")
    return values.Tensor(
        array=_read_strings(reader, inner) if inner.get("k") == "strings" else reader.array(inner),
        kind=TENSORS[kind],
        trainable=None if trainable is None else truth(trainable, "tensor"),
        name=name,
        note=text(tree.get("note"), "tensor", NAME_CHARS),
        handle=None if kept is None else values.Handle(whole(kept, "tensor"), kind, f"<{kind} {name}>"),
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
    "dtype": lambda _, t: values.Dtype(text(t.get("v"), "dtype", NAME_CHARS)),
    "shape": _read_shape,
    "tensor": _read_tensor,
    "handle": Reader.handle,
    "figure": read_figure,
    "model": read_model,
    "history": read_history,
}
