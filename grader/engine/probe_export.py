"""The answer of a learner's program as JSON and buffers: the kernel's side of ``grader/wire.py``.

Runs beside learner code, so it imports nothing of ours but the other ``probe_*`` files, and holds no secret.
A learner's classes may lie about themselves: they are read by the means of the base class they come from.
"""

from __future__ import annotations

import builtins
import math
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

Tree = Any
Writer = Callable[[Any, Any, int], Tree]

# The same numbers as grader.wire_limits.WireLimits; a test compares them.
DEPTH = 20
NODES = 10_000
SCALARS = 200_000
BUFFER_BYTES = 64 * 2**20
TEXT_CHARS = 100_000
ALL_CHARS = 4 * 2**20
REPR_CHARS = 500
INT_BITS = 8_192
PLAIN_INT = 2**53
NAME_CHARS = 95
AXES = 32

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
AS_KEY = {"int", "float", "complex", "bytes", "tuple", "frozenset", "scalar", "dtype", "shape"}
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
FOLDER = re.compile(r"(?:/[\w.+@-]+)+/(?=[\w.-]+\.py\b)")

_mro = type.__dict__["__mro__"].__get__
_qualname = type.__dict__["__qualname__"].__get__
_module = type.__dict__["__module__"].__get__
_modules = sys.modules
_array = np.asarray
_as_base = np.ndarray.view
_ndarray = np.ndarray


class TooBigError(Exception):
    """The whole answer is over a limit."""


def bases(value: object) -> tuple[type, ...]:
    """The classes of a value, most special first; no metaclass can hide them."""
    return _mro(type(value))  # type: ignore[no-any-return]


def type_name(value: object) -> str:
    """As people call it: "map", "numpy.matrix", "Node" for a class of the learner's own."""
    cls = type(value)
    name, module = clean(_qualname(cls))[:NAME_CHARS], _module(cls)
    top = clean(module).split(".", 1)[0][:NAME_CHARS] if type(module) is str else ""
    return name if top in ("", "builtins", "__main__") else f"{top}.{name}"


def clean(text: str) -> str:
    """Without lone surrogates, which no file can hold."""
    return str.encode(text, "utf-8", "backslashreplace").decode()


def cut(text: str, most: int) -> str:
    """Its beginning and its end."""
    return text if len(text) <= most else text[: most // 2] + " … " + text[len(text) - most // 2 + 3 :]


def without_machine(text: str) -> str:
    """Without memory addresses, folders and colours, so that the same program says the same everywhere."""
    return FOLDER.sub("", ADDRESS.sub("", COLOUR.sub("", text)))


def number(value: Any) -> Any:
    """A float, or the name of one that JSON cannot write."""
    value = float(value)
    if math.isfinite(value):
        return value
    return "nan" if math.isnan(value) else "inf" if value > 0 else "-inf"


class Exporter:
    """Writes one reply. ``keep`` puts an object in the table of references and gives its id."""

    def __init__(self, keep: Callable[[object], int], writers: dict[type, Writer]) -> None:
        self.keep = keep
        self.writers = writers
        self.buffers: list[bytes] = []
        self.buffer_bytes = 0
        self.nodes = 0
        self.scalars = 0
        self.chars = 0
        self.inside: set[int] = set()  # ids of the containers that we are in

    def answer(self, value: object) -> Tree:
        """A whole answer; one handle where it is too big as a whole."""
        self.nodes = self.scalars = self.chars = 0
        buffers, size = len(self.buffers), self.buffer_bytes
        try:
            return self.tree(value, 1)
        except (TooBigError, RecursionError, MemoryError):
            del self.buffers[buffers:]
            self.nodes = self.scalars = self.chars = 0
            self.buffer_bytes = size
            return self.handle(value, "large")
        finally:
            self.inside.clear()

    def tree(self, value: object, depth: int) -> Tree:
        """One value at ``depth``, counted from 1."""
        if value is None or value is True or value is False:
            return self.plain(value)
        for base in bases(value):
            writer = self.writers.get(base)
            if writer is not None:
                return self._written(writer, value, depth)
        return self.handle(value)

    def _written(self, writer: Writer, value: object, depth: int) -> Tree:
        try:
            return writer(self, value, depth)
        except (TooBigError, RecursionError, MemoryError):
            raise
        except Exception:
            return self.handle(value, "broken")

    def plain(self, value: Tree) -> Tree:
        """Counts a plain number, string or None."""
        self.scalars += 1
        if self.scalars > SCALARS:
            raise TooBigError
        return value

    def text(self, value: str) -> str:
        """Counts the characters of a string."""
        self.chars += len(value)
        if self.chars > ALL_CHARS:
            raise TooBigError
        return value

    def node(self, kind: str, **fields: Tree) -> Tree:
        """Counts a tagged node."""
        self.nodes += 1
        if self.nodes > NODES:
            raise TooBigError
        return {"k": kind, **fields}

    def buffer(self, data: bytes) -> int:
        """Index of a new buffer; the caller saw to it that it fits."""
        self.buffers.append(data)
        self.buffer_bytes += len(data)
        return len(self.buffers) - 1

    def fits(self, size: int) -> bool:
        """Whether a buffer of so many bytes may still be added."""
        return self.buffer_bytes + size <= BUFFER_BYTES

    def handle(self, value: object, why: str = "") -> Tree:
        """What stays here: type name and a short repr."""
        shown, why = self._repr(value, why)
        return self.node("handle", id=self.keep(value), type=type_name(value), repr=shown, why=why)

    def _repr(self, value: object, why: str) -> tuple[str, str]:
        if why:
            return f"<{type_name(value)}>", why  # its repr may be as endless as the value
        try:
            return cut(without_machine(clean(repr(value)[: 10 * REPR_CHARS])), REPR_CHARS), ""
        except Exception:
            return f"<{type_name(value)}>", "broken"

    def many(self, kind: str, members: Iterable[object], owner: object, depth: int) -> Tree:
        """A container; opaque where it is too deep or contains itself."""
        if depth >= DEPTH or id(owner) in self.inside:
            return self.handle(owner, "deep" if depth >= DEPTH else "cycle")
        self.inside.add(id(owner))
        node = self.node(kind, v=[self.tree(v, depth + 1) for v in members])
        self.inside.discard(id(owner))
        return node

    def key(self, value: object, depth: int) -> Tree:
        """A key of a dict; opaque where the grader's side could not hash it."""
        made = self.tree(value, depth)
        return self.handle(value) if type(made) is dict and made["k"] not in AS_KEY else made


class Snapshot(Exporter):
    """Only to see whether something changed: what does not cross is compared by identity."""

    def handle(self, value: object, why: str = "") -> Tree:
        """Neither kept nor shown."""
        return {"k": "handle", "id": id(value), "why": why}


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
    if depth >= DEPTH or id(value) in out.inside:
        return out.handle(value, "deep" if depth >= DEPTH else "cycle")
    out.inside.add(id(value))
    node = out.node("dict", v=[[out.key(k, depth + 1), out.tree(v, depth + 1)] for k, v in dict.items(value)])
    out.inside.discard(id(value))
    return node


def write_scalar(out: Exporter, value: np.generic, _: int) -> Tree:
    """A NumPy scalar: its dtype and a number."""
    array = _array(value)
    name = NEAREST.get(array.dtype.name, array.dtype.name)
    if name not in CARRIED:
        return out.handle(value)
    item = array.astype(name).item()
    if type(item) is complex:
        item = [number(item.real), number(item.imag)]
    return out.node("scalar", dtype=name, v=number(item) if type(item) is float else item)


def write_array(out: Exporter, value: Any, _: int) -> Tree:
    """An array as its base class sees it: dtype, shape, bytes."""
    exact = _as_base(value, _ndarray)
    node = array_node(out, exact) if not any(b.__name__ == "MaskedArray" for b in bases(value)) else None
    if node is None:
        return out.handle(value, "large" if exact.dtype.name in CARRIED else "")
    return node


def array_node(out: Exporter, array: Any) -> Tree | None:
    """None where its dtype does not travel, or it is too large."""
    if array.dtype.kind in "UST":
        return strings_node(out, array)
    name = NEAREST.get(array.dtype.name, array.dtype.name)
    if name not in CARRIED or array.ndim > AXES:
        return None
    dtype = np.dtype(name).newbyteorder("<")
    if not out.fits(array.size * dtype.itemsize):
        return None
    data = array.astype(dtype).tobytes("C")
    return out.node("array", dtype=name, shape=list(array.shape), b=out.buffer(data))


def strings_node(out: Exporter, array: Any) -> Tree | None:
    """An array of text (or of bytes that are text), flat."""
    if out.scalars + array.size > SCALARS or array.ndim > AXES:
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
    if np.generic in _mro(value):
        return out.node("dtype", v=np.dtype(value).name)
    return out.handle(value)


def write_dtype(out: Exporter, value: Any, _: int) -> Tree:
    """A dtype by its name."""
    return out.node("dtype", v=clean(value.name)[:NAME_CHARS])


def python_writers() -> dict[type, Writer]:
    """For what Python and NumPy have."""
    return {
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
        np.ndarray: write_array,
        np.generic: write_scalar,
        np.dtype: write_dtype,
    }


# ---- TensorFlow and Keras, where the learner's program has them ----


def write_tensor(out: Exporter, value: Any, _: int) -> Tree:
    """A tensor by its values; one without values, inside a tf.function, stays."""
    if not hasattr(value, "numpy"):
        return out.handle(value)
    return _tensor(out, value, "Tensor")


def write_variable(kind: str) -> Writer:
    """A variable by its values and its reference, so that it can be handed back."""

    def write(out: Exporter, value: Any, _: int) -> Tree:
        node = _tensor(out, value, kind)
        if node["k"] == "tensor":
            node |= {"trainable": bool(value.trainable), "name": clean(str(value.name))[:200], "id": out.keep(value)}
        return node

    return write


def _tensor(out: Exporter, value: Any, kind: str) -> Tree:
    real = str(getattr(value.dtype, "name", value.dtype))
    array = _array(value.numpy())
    if array.dtype.kind == "O" and real == "string":
        array = np.array(array, dtype="S")
    inner = array_node(out, array)
    if inner is None:
        return out.handle(value, "large" if array.dtype.name in CARRIED else "")
    note = real if real != inner.get("dtype") else ""
    return {"k": "tensor", "kind": kind, "array": inner, "trainable": None, "name": "", "note": note}


def write_shape(out: Exporter, value: Any, _: int) -> Tree:
    """A tf.TensorShape of known rank."""
    if value.rank is None:
        return out.handle(value)
    return out.node("shape", v=[None if d is None else int(d) for d in value.as_list()])


def tensorflow_writers() -> dict[type, Writer]:
    """Empty where TensorFlow was not imported."""
    tf = _modules.get("tensorflow")
    if tf is None or not hasattr(tf, "TensorShape"):
        return {}
    return {
        tf.Tensor: write_tensor,
        tf.Variable: write_variable("Variable"),
        tf.TensorShape: write_shape,
        tf.DType: write_dtype,
    }
