"""Values as people read them: short, on few lines, with shape and dtype where it matters."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from grader.text import Text, say
from grader.values import Figure, Handle, History, Shape, Source, StudentModel, Tensor

MAX_CHARS = 600
MAX_LITERAL = 200
MAX_SHOWN = 50


def show_array(array: npt.NDArray[Any], *, dtype: str | None = None) -> Text:
    """An array with its shape and dtype, large ones with dots in the middle; ``dtype`` "" where none is demanded."""
    dtype = array.dtype.name if dtype is None else dtype
    if not array.shape:
        number = _cut(f"{array.item():.8g}" if array.dtype.kind in "fc" else str(array.item()))
        return Text.same(f"{number}  ({dtype})" if dtype else number)
    with np.printoptions(precision=6, suppress=True, threshold=60, edgeitems=3, linewidth=76):
        body = np.array2string(array, separator=", ")
    kind = f", {dtype}" if dtype else ""
    return Text.same(f"{_cut(body)}\nshape {array.shape}{kind}")


def short(value: Any) -> Text:  # noqa: PLR0911 - a line for each kind
    """Any answer as a learner would recognise it."""
    if isinstance(value, Text):
        return value
    if isinstance(value, (Tensor, np.ndarray)):
        return show_array(np.asarray(value))
    if isinstance(value, Handle):
        return Text.same(_cut(value.repr))
    if isinstance(value, Shape):
        return Text.same(str(value.dims))
    if isinstance(value, StudentModel):
        layers = " → ".join(layer.class_name + (f"({layer.units})" if layer.units else "") for layer in value.layers)
        return Text.same(f"{value.class_name}: {layers}"[:MAX_CHARS])
    if isinstance(value, History):
        return Text.same(f"History: {value.epochs} epochs, {', '.join(value.history)}")
    if isinstance(value, Figure):
        return say("a figure with {n} axes", n=len(value.axes))
    if isinstance(value, (list, tuple)):
        inner = ", ".join(
            short(v).en if isinstance(v, Text | Handle | Shape) else as_python(v) for v in value[:MAX_SHOWN]
        )
        more = ", …" if len(value) > MAX_SHOWN else ""
        return Text.same(_cut(f"({inner}{more})" if isinstance(value, tuple) else f"[{inner}{more}]"))
    return Text.same(_cut(repr(value)))


def kind_of(value: Any) -> str:
    """The type's name as Python or TensorFlow calls it."""
    if isinstance(value, Tensor):
        return f"{value.kind} {value.shape} {value.note or value.dtype.name}"
    if isinstance(value, np.ndarray):
        return f"ndarray {value.shape} {value.dtype.name}"
    if isinstance(value, Handle):
        return value.type_name
    if isinstance(value, Shape):
        return "TensorShape"
    kinds = {kind_of(v) for v in value} if isinstance(value, (list, tuple)) else set()
    return f"{type(value).__name__} of {kinds.pop()}" if len(kinds) == 1 else type(value).__name__


def as_python(value: Any, limit: int = 160) -> str:
    """An argument as Python that can be pasted; large arrays by their shape."""
    if isinstance(value, (Tensor, np.ndarray)):
        made = _array_call(np.asarray(value), tensor=isinstance(value, Tensor))
        return made if len(made) <= limit else f"<{value.dtype.name} array of shape {value.shape}>"
    if isinstance(value, Source):
        return value.expression
    if isinstance(value, (StudentModel, Handle)):
        return "model" if isinstance(value, StudentModel) else f"<{value.type_name}>"
    made = repr(value)
    return made if len(made) <= limit else made[: limit - 1] + "…"


def _array_call(array: npt.NDArray[Any], *, tensor: bool) -> str:
    """The call that makes the array; of a large one only what it would begin with, as nobody pastes that."""
    call, module = ("tf.constant", "tf") if tensor else ("np.array", "np")
    kind = "" if array.dtype.name in ("int64", "float64") else f", {module}.{array.dtype.name}"
    if not array.size:
        return f"{module}.zeros({array.shape}{kind})"
    return f"{call}({_literal(array) if array.size <= MAX_LITERAL else '…' * MAX_LITERAL}{kind})"


def _literal(array: npt.NDArray[Any]) -> str:
    """Nested lists with as many digits as the dtype needs, and none more."""
    if not array.ndim:
        return repr(str(array)) if array.dtype.kind in "US" else str(array)
    return f"[{', '.join(_literal(np.asarray(part)) for part in array)}]"


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CHARS else text[: MAX_CHARS // 2] + " … " + text[-MAX_CHARS // 2 :]
