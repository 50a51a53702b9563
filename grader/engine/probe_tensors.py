"""What TensorFlow has, as it crosses, where the learner's program imported it."""

from __future__ import annotations

import builtins
from sys import modules as loaded
from typing import TYPE_CHECKING, Any

from numpy import array as new_array
from numpy import asarray

from grader.engine.probe_text import NAME_CHARS, clean
from grader.engine.probe_values import array_node, why_not, write_dtype

if TYPE_CHECKING:
    from grader.engine.probe_export import Exporter, Tree, Writer

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one


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
            node |= {
                "trainable": bool(value.trainable),
                "name": clean(str(value.name))[:NAME_CHARS],
                "id": out.keep(value),
            }
        return node

    return write


def _tensor(out: Exporter, value: Any, kind: str) -> Tree:
    real = str(getattr(value.dtype, "name", value.dtype))
    array = asarray(value.numpy())
    if array.dtype.kind == "O" and real == "string":
        array = new_array(array, dtype="S")
    inner = array_node(out, array)
    if inner is None:
        return out.handle(value, why_not(array))
    note = real if real != inner.get("dtype") else ""
    return {"k": "tensor", "kind": kind, "array": inner, "trainable": None, "name": "", "note": note}


def write_shape(out: Exporter, value: Any, _: int) -> Tree:
    """A tf.TensorShape of known rank."""
    if value.rank is None:
        return out.handle(value)
    return out.node("shape", v=[None if d is None else int(d) for d in value.as_list()])


def tensorflow_writers() -> dict[type, Writer]:
    """Empty where TensorFlow was not imported."""
    tf = loaded.get("tensorflow")
    if tf is None or not hasattr(tf, "TensorShape"):
        return {}
    return {
        tf.Tensor: write_tensor,
        tf.Variable: write_variable("Variable"),
        tf.TensorShape: write_shape,
        tf.DType: write_dtype,
    }
