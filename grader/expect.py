"""What a check expects: compares kind, then shape, dtype, finite, values, and says what differs.

Every function returns the answer in the form that was asked for, or raises `WrongAnswer`.
Answers are values of the wire: NumPy arrays and scalars, `grader.values.Tensor`, numbers, lists, opaque handles.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.differences import (
    ATOL,
    RTOL,
    Array,
    Mistakes,
    array_of,
    differs,
    first,
    named_mistake,
    not_a,
    place_of,
    with_mistake,
    with_steps,
)
from grader.errors import WrongAnswer
from grader.grades import Finding, Mistake
from grader.show import short, show_array
from grader.steps import Chain, Listed
from grader.text import Text, say
from grader.values import Figure, Handle, History, Shape, StudentModel, Tensor

__all__ = [
    "array_of",
    "arrays",
    "figure",
    "handle",
    "history",
    "integer",
    "model",
    "named_mistake",
    "number",
    "shape",
    "tensor",
    "text",
    "texts",
    "that",
    "truth",
    "variables",
]


def tensor(
    actual: Any,
    expected: Any,
    *,
    what: str = "",
    dtype: str = "",
    rtol: float = RTOL,
    atol: float = ATOL,
    mistakes: Mistakes | None = None,
    steps: Chain | Listed | None = None,
) -> Array:
    """A tensor, array, number or (nested) list of numbers that equals ``expected``.

    Args:
        actual: the answer.
        expected: anything NumPy makes an array of; its shape is demanded.
        what: which part of an answer this is, e.g. "hidden layer"; shown as the place.
        dtype: "" takes any number; "float" or "int" a family; else the exact name, as "float32".
        rtol: relative tolerance; values agree where abs(actual - expected) <= atol + rtol * abs(expected).
        atol: absolute tolerance.
        mistakes: id -> wrong answer on the same input, computed only after a difference was found.
        steps: how ``expected`` is computed; where the answer's computation parts from it is shown.

    Raises:
        WrongAnswer: at the first of kind, shape, dtype, finite, values that differs.

    """
    target = np.asarray(expected)
    try:
        return _compare(actual, target, what, dtype, rtol, atol)
    except WrongAnswer as wrong:
        at_step, beside = steps.parting(actual, rtol, atol) if steps else ("", None)
        name = at_step or named_mistake(actual, mistakes or {}, target, rtol, atol)
        raise with_steps(with_mistake(wrong, name), beside) from None


def _compare(actual: Any, target: Array, what: str, dtype: str, rtol: float, atol: float) -> Array:
    got = array_of(actual, what)
    if got.shape != target.shape:
        raise differs(
            say("The shape is {got}; it should be {wanted}.", got=got.shape, wanted=target.shape),
            show_array(target, dtype=dtype),
            show_array(got),
            what,
        )
    _demand_dtype(got, target, dtype, what)
    strange = ~np.isfinite(got) & np.isfinite(target) if got.dtype.kind in "fc" else np.zeros(got.shape, bool)
    if strange.any():
        at = first(strange)
        message = say("There is {value} where a number should be.", value=str(got[at]))
        raise differs(message, show_array(target, dtype=dtype), show_array(got), place_of(what, at, target, got))
    with np.errstate(all="ignore"):
        close = np.isclose(got, target, rtol=rtol, atol=atol, equal_nan=True)
    if not close.all():
        at = first(~close)
        message = (
            say("{n} of {total} values differ.", n=int((~close).sum()), total=close.size)
            if close.size > 1
            else say("The value differs.")
        )
        raise differs(message, show_array(target, dtype=dtype), show_array(got), place_of(what, at, target, got))
    return got


def _demand_dtype(got: Array, target: Array, dtype: str, what: str) -> None:
    if got.dtype.kind == "c" and target.dtype.kind != "c":
        raise differs(
            say("These are complex numbers; they should be real ones."),
            show_array(target, dtype=dtype),
            show_array(got),
            what,
        )
    families = {"float": "f", "int": "iu"}
    right = got.dtype.kind in families[dtype] if dtype in families else dtype in ("", got.dtype.name)
    if not right:
        message = say("The dtype is {got}; it should be {wanted}.", got=got.dtype.name, wanted=dtype)
        raise differs(message, show_array(target, dtype=dtype), show_array(got), what)


def integer(actual: Any, expected: int, *, what: str = "", mistakes: Mistakes | None = None) -> int:
    """A whole number: int, NumPy integer, or a 0-d tensor of integers. Raises WrongAnswer."""
    value = actual.array if isinstance(actual, Tensor) else actual
    whole = isinstance(value, (int, np.integer, np.ndarray)) and not isinstance(value, bool)
    if not whole or np.shape(value) != () or np.asarray(value).dtype.kind not in "iu":
        wrong = not_a(say("a whole number"), actual, what, expected)
    elif int(value) == expected:
        return int(value)
    else:
        wrong = differs(say("The number differs."), Text.same(str(expected)), Text.same(str(int(value))), what)
    raise with_mistake(wrong, named_mistake(actual, mistakes or {}, expected))


def number(
    actual: Any,
    expected: float,
    *,
    what: str = "",
    rtol: float = RTOL,
    atol: float = ATOL,
    mistakes: Mistakes | None = None,
) -> float:
    """One number, also as a 0-d tensor or an array of one element. Raises WrongAnswer."""
    single = array_of(actual, what)
    if single.size != 1:
        name = named_mistake(actual, mistakes or {}, expected, rtol, atol)
        raise with_mistake(not_a(say("one number"), actual, what, expected), name)
    return float(tensor(single.reshape(()), expected, what=what, rtol=rtol, atol=atol, mistakes=mistakes))


def truth(actual: Any, expected: bool, *, what: str = "", mistakes: Mistakes | None = None) -> bool:
    """True or False: bool, NumPy bool, or a 0-d tensor of bool. Raises WrongAnswer."""
    value = actual.array if isinstance(actual, Tensor) else actual
    if not isinstance(value, (bool, np.bool_)) and not (
        isinstance(value, np.ndarray) and value.shape == () and value.dtype == bool
    ):
        raise not_a(say("True or False"), actual, what, expected)
    if bool(value) != expected:
        wrong = differs(
            say("The answer should be {expected}.", expected=expected),
            Text.same(str(expected)),
            Text.same(str(bool(value))),
            what,
        )
        raise with_mistake(wrong, named_mistake(actual, mistakes or {}, expected))
    return bool(value)


def text(actual: Any, expected: str, *, what: str = "", mistakes: Mistakes | None = None) -> str:
    """A string; blanks around it and upper or lower case make no difference. Raises WrongAnswer."""
    if not isinstance(actual, str):
        raise not_a(say("a string"), actual, what, expected)
    if actual.strip().casefold() != expected.casefold():
        wrong = differs(say("The text differs."), Text.same(repr(expected)), short(actual), what)
        raise with_mistake(wrong, named_mistake(actual, mistakes or {}, expected))
    return actual


def shape(
    actual: Any, expected: tuple[int | None, ...], *, what: str = "", mistakes: Mistakes | None = None
) -> tuple[Any, ...]:
    """A shape, as a tuple, a list, a TensorShape or a 1-d tensor of whole numbers. Raises WrongAnswer."""
    dims = _lengths(actual)
    if not isinstance(dims, (list, tuple)) or not all(d is None or isinstance(d, (int, np.integer)) for d in dims):
        wrong = not_a(say("a shape such as {example}", example=expected), actual, what, expected)
    elif tuple(dims) == tuple(expected):
        return tuple(dims)
    else:
        wrong = differs(say("The shape differs."), Text.same(str(tuple(expected))), short(tuple(dims)), what)
    raise with_mistake(wrong, named_mistake(dims, mistakes or {}, expected))


def _lengths(actual: Any) -> Any:
    """The list that a TensorShape or a tensor stands for; the members of a list may be 0-d tensors themselves."""
    if isinstance(actual, Shape):
        return actual.dims
    if isinstance(actual, (Tensor, np.ndarray)):
        return array_of(actual).tolist()
    if isinstance(actual, (list, tuple)):
        return [np.asarray(d).item() if isinstance(d, (Tensor, np.ndarray)) and np.ndim(d) == 0 else d for d in actual]
    return actual


def handle(actual: Any, *, what: str = "") -> Handle:
    """Something that stays in the learner's session, such as a function. Raises WrongAnswer."""
    if isinstance(actual, Handle):
        return actual
    raise not_a(say("an object of your program"), actual, what)


def arrays(actual: Any, *, what: str = "") -> tuple[Array, ...]:
    """Several arrays, such as the weights of a network. Raises WrongAnswer."""
    if not isinstance(actual, (list, tuple)):
        raise not_a(say("a list of arrays"), actual, what)
    return tuple(array_of(part, what) for part in actual)


def variables(actual: Any, *, what: str = "") -> tuple[Tensor, ...]:
    """Several variables, such as ``model.weights``. Raises WrongAnswer."""
    if not isinstance(actual, (list, tuple)) or not all(isinstance(v, Tensor) for v in actual):
        raise not_a(say("a list of variables"), actual, what)
    for part in actual:
        array_of(part, what)
    return tuple(actual)


def texts(actual: Any, *, what: str = "") -> tuple[str, ...]:
    """Several strings. Raises WrongAnswer."""
    if not isinstance(actual, (list, tuple)) or not all(isinstance(part, str) for part in actual):
        raise not_a(say("a list of strings"), actual, what)
    return tuple(actual)


def model(actual: Any, *, what: str = "") -> StudentModel:
    """A Keras model. Raises WrongAnswer."""
    if isinstance(actual, StudentModel):
        return actual
    raise not_a(say("a Keras model"), actual, what)


def history(actual: Any, *, what: str = "") -> History:
    """What ``fit`` returns, or its dict of lists. Raises WrongAnswer."""
    if isinstance(actual, History):
        return actual
    if isinstance(actual, dict) and all(isinstance(v, (list, np.ndarray)) for v in actual.values()) and actual:
        lists = {str(k): [float(x) for x in array_of(v, what).ravel()] for k, v in actual.items()}
        return History(epochs=max(map(len, lists.values())), history=lists)
    raise not_a(say("the history that fit returns"), actual, what)


def figure(actual: Any, *, what: str = "") -> Figure:
    """A matplotlib figure. Raises WrongAnswer."""
    if isinstance(actual, Figure):
        return actual
    raise not_a(say("a matplotlib figure"), actual, what)


def that(
    condition: bool, message: str, *, expected: Any = None, actual: Any = None, mistake: str = "", **parts: Any
) -> None:
    """``condition`` holds; else fails with [messages.<message>] of the exercise, filled with ``parts``. Raises WrongAnswer."""
    if not condition:
        finding = Finding(
            Text.same(message),
            None if expected is None else short(expected),
            None if actual is None else short(actual),
            mistake=Mistake(mistake, Text.same(mistake)) if mistake else None,
        )
        raise WrongAnswer(finding, message, parts)
