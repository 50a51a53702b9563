"""Arguments of a call, built in the learner's session from JSON and buffers."""

from __future__ import annotations

import builtins
import math
from importlib import import_module
from sys import modules as loaded
from typing import TYPE_CHECKING, Any

import numpy as np  # the module itself, for expressions
from numpy import array as new_array
from numpy import dtype as numpy_dtype
from numpy import frombuffer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

Tree = Any
NOT_FINITE = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf}


def _finite_or_not(value: Any) -> Any:
    return NOT_FINITE[value] if type(value) is str else value


class MissingReferenceError(Exception):
    """A reference that this session does not hold: it was started afresh since."""


class Builder:
    """Builds the arguments of one call; ``held`` looks up what an earlier answer left here."""

    def __init__(self, buffers: Sequence[Any], held: Callable[[int], Any]) -> None:
        self.buffers = buffers
        self.held = held

    def value(self, tree: Tree) -> Any:
        """One argument."""
        if type(tree) is not dict:
            return tree
        return getattr(self, "_" + tree["k"])(tree)

    def _many(self, tree: Tree) -> list[Any]:
        return [self.value(v) for v in tree["v"]]

    _list = _many

    def _tuple(self, tree: Tree) -> tuple[Any, ...]:
        return tuple(self._many(tree))

    def _set(self, tree: Tree) -> set[Any]:
        return set(self._many(tree))

    def _frozenset(self, tree: Tree) -> frozenset[Any]:
        return frozenset(self._many(tree))

    def _dict(self, tree: Tree) -> dict[Any, Any]:
        return {self.value(k): self.value(v) for k, v in tree["v"]}

    def _int(self, tree: Tree) -> int:
        return int(tree["v"], 16)

    def _float(self, tree: Tree) -> float:
        return NOT_FINITE[tree["v"]]

    def _complex(self, tree: Tree) -> complex:
        real, imaginary = map(_finite_or_not, tree["v"])
        return complex(real, imaginary)

    def _bytes(self, tree: Tree) -> bytes:
        return bytes(self.buffers[tree["b"]])

    def _scalar(self, tree: Tree) -> Any:
        value = self._complex(tree) if type(tree["v"]) is list else _finite_or_not(tree["v"])
        return numpy_dtype(tree["dtype"]).type(value)

    def _array(self, tree: Tree) -> Any:
        flat = frombuffer(self.buffers[tree["b"]], dtype=numpy_dtype(tree["dtype"]).newbyteorder("<"))
        return new_array(flat.reshape(tree["shape"]), dtype=tree["dtype"])  # a copy, which the learner may write to

    def _strings(self, tree: Tree) -> Any:
        return new_array(tree["v"], dtype="U").reshape(tree["shape"])

    def _tensor(self, tree: Tree) -> Any:
        tf = loaded.get("tensorflow") or import_module("tensorflow")
        array = self.value(tree["array"])
        dtype = tree["note"] or array.dtype.name
        if tree["kind"] == "Tensor":
            return tf.constant(array, dtype=dtype) if array.dtype.kind != "U" else tf.constant(array)
        made = {"trainable": tree["trainable"] is not False, "name": tree["name"] or None, "dtype": dtype}
        if tree["kind"] == "KerasVariable":
            return import_module("keras").Variable(array, **made)
        return tf.Variable(array, **made)

    def _dtype(self, tree: Tree) -> Any:
        return numpy_dtype(tree["v"])

    def _shape(self, tree: Tree) -> Any:
        return (loaded.get("tensorflow") or import_module("tensorflow")).TensorShape(tree["v"])

    def _ref(self, tree: Tree) -> Any:
        return self.held(tree["id"])

    def _source(self, tree: Tree) -> Any:
        # An expression of the check author's, in the learner's own process: a function cannot cross otherwise.
        known = {"np": np, "math": math, "tf": loaded.get("tensorflow"), "keras": loaded.get("keras")}
        return eval(tree["v"], known)  # noqa: S307 - see above
