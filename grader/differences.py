"""How an answer differs from what was expected, as the `WrongAnswer` that a learner reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.errors import WrongAnswer
from grader.grades import Finding, Mistake, Parting
from grader.show import kind_of, short
from grader.text import Text, say
from grader.values import Handle, Shape, Tensor

RTOL = 1e-5  # float32 keeps 7 digits; a chain of a few operations loses one or two of them
ATOL = 1e-6
Mistakes = Mapping[str, Callable[[], Any]]
Array = npt.NDArray[Any]
NUMBERS = (bool, int, float, complex)


def array_of(actual: Any, what: str = "") -> Array:
    """The answer as an array of numbers. Raises WrongAnswer where it is something else."""
    if isinstance(actual, (Tensor, *NUMBERS, np.generic, np.ndarray, list, tuple)):
        try:
            made = _array(actual)
        except ValueError:
            raise differs(_no_tensor(actual), None, short(actual), what) from None
        if made.dtype.kind in "biufc":
            return made
    raise not_a(say("a tensor, an array or a number"), actual, what)


def _array(actual: Any) -> Array:
    if isinstance(actual, Tensor):
        return actual.array
    if isinstance(actual, tuple) and any(v is None for v in actual):  # return x, mask
        raise ValueError
    plain = not isinstance(actual, (list, tuple)) or all(type(v) in NUMBERS for v in actual)
    return np.asarray(actual if plain else [array_of(v) for v in actual])


def _no_tensor(actual: Any) -> Text:
    if isinstance(actual, tuple):
        return say("{count} values were returned, one behind the other; one tensor is asked for.", count=len(actual))
    return say("The rows of this list have different lengths, so it is no tensor.")


def named_mistake(actual: Any, mistakes: Mistakes, expected: Any = None, rtol: float = RTOL, atol: float = ATOL) -> str:
    """The id of the first mistake whose answer equals ``actual`` in shape and values; "" where none does.

    An answer that equals ``expected`` in shape and values is wrong for its kind or dtype only, and is no such mistake.
    """
    got = comparable(actual)
    if expected is not None and same(got, expected, rtol, atol):
        return ""
    for key, compute in mistakes.items():
        try:
            with np.errstate(all="ignore"):
                wrong = compute()
        except Exception:  # noqa: S112 - a mistake that cannot be made on this input was not made
            continue
        if same(got, wrong, rtol, atol):
            return key
    return ""


def comparable(value: Any) -> Any:
    """An array of numbers, a string or None; ... for anything else, which equals nothing."""
    if isinstance(value, str) or value is None:
        return value
    if isinstance(value, Shape) and None not in value.dims:
        value = list(value.dims)
    try:
        return array_of(value)
    except WrongAnswer:
        return ...


def same(got: Any, wrong: Any, rtol: float, atol: float) -> bool:
    """Whether two answers have the same shape and values."""
    other = comparable(wrong)
    if not isinstance(got, np.ndarray) or not isinstance(other, np.ndarray):
        return type(got) is type(other) and got is not ... and bool(got == other)
    return got.shape == other.shape and bool(np.allclose(got, other, rtol=rtol, atol=atol, equal_nan=True))


def differs(message: Text, expected: Text | None, actual: Text | None, where: str | Text) -> WrongAnswer:
    """What a learner reads: the difference, both values, and the place where they part."""
    place = Text.same(where) if isinstance(where, str) else where
    return WrongAnswer(Finding(message, expected, actual, place if place.en else None))


def not_a(wanted: Text, actual: Any, what: str, expected: Any = None) -> WrongAnswer:
    """The answer is of another kind than ``wanted``; says what the usual cause is where one is known."""
    if actual is None:
        message = say("The answer is None. Does the function end without return?")
    elif isinstance(actual, Handle) and actual.type_name.split(".")[-1] in (
        "map",
        "filter",
        "generator",
        "zip",
        "range",
    ):
        message = say(
            "The answer is a {kind} object, which is not computed yet; make a list of it: list(...).",
            kind=actual.type_name,
        )
    else:
        message = say("The answer should be {wanted}; it is {kind}.", wanted=wanted, kind=kind_of(actual))
    return differs(message, wanted if expected is None else short(expected), short(actual), what)


def with_mistake(wrong: WrongAnswer, key: str) -> WrongAnswer:
    """The same with a named mistake; ``key`` "" leaves it as it is."""
    if not key:
        return wrong
    named = replace(wrong.finding, mistake=Mistake(key, Text.same(key)))
    return WrongAnswer(named, wrong.key, wrong.parts)


def with_steps(wrong: WrongAnswer, steps: Parting | None) -> WrongAnswer:
    """The same with the steps beside each other; None leaves it as it is."""
    return WrongAnswer(replace(wrong.finding, steps=steps), wrong.key, wrong.parts) if steps else wrong


def first(mask: Array) -> tuple[int, ...]:
    """The index of the first True."""
    return tuple(int(i) for i in np.argwhere(mask)[0])


def place_of(what: str, at: tuple[int, ...], target: Array, got: Array) -> Text:
    """Where two arrays part, with both values; they are shown in full where they look alike."""
    if not at:
        return Text.same(what)
    index = "[" + ", ".join(map(str, at)) + "]"
    wanted, came = f"{target[at]:.6g}", f"{got[at]:.6g}"
    if wanted == came:
        wanted, came = repr(target[at].item()), repr(got[at].item())
    place = say("at {index}: {wanted} expected, {came} came", index=index, wanted=wanted, came=came)
    return say("{what}, {place}", what=what, place=place) if what else place
