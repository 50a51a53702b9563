"""Whether a model that only its own program can answer for computes with its weights, or looks up what is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from grader.differences import Array
from grader.errors import WrongAnswer
from grader.expect import arrays
from grader.grades import Finding
from grader.text import Text, say
from grader.values import StudentModel

DRAWS = 4  # by one set of weights a relu may answer the same everywhere


class Asks(Protocol):
    """Whoever can call a method of the model."""

    def method(self, owner: StudentModel, name: str, *args: Any, **kwargs: Any) -> Any:
        """In the learner's session."""


def demand_weights(student: Asks, model: StudentModel, answered: Array, ask: Callable[[], Array]) -> None:
    """``ask`` gives another answer than ``answered`` with other weights, and the same with the same. Raises WrongAnswer.

    It leaves the model with the weights that it had. A class that knows when it is tested can still pretend.
    """
    own = arrays(student.method(model, "get_weights"), what="get_weights()")
    if not own:
        raise _wrong(say("This model has no weights, so there is nothing in it that could have been learned."))
    rng = np.random.default_rng(len(own))
    others = []
    for _ in range(DRAWS):
        student.method(model, "set_weights", [_drawn(w, rng) for w in own])
        others.append(ask())
    student.method(model, "set_weights", list(own))
    again = ask()
    if all(_alike(answered, other) for other in others):
        raise _wrong(
            say(
                "What this model answers does not follow from its weights: with any others it answers the same. "
                "Does its call use the layers?"
            )
        )
    if not _alike(answered, again):
        raise _wrong(
            say(
                "What this model answers does not follow from its weights: "
                "asked again with the same ones, in inference mode, it answers something else."
            )
        )


def _wrong(message: Text) -> WrongAnswer:
    return WrongAnswer(Finding(message))


def _drawn(weight: Array, rng: np.random.Generator) -> Array:
    """Other weights of this shape; vectors are positive, as they may be variances."""
    if weight.dtype.kind != "f":
        return weight
    drawn = rng.normal(size=weight.shape) if weight.ndim > 1 else rng.uniform(0.1, 1, size=weight.shape)
    return drawn.astype(weight.dtype)


def _alike(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=1e-3, atol=1e-5, equal_nan=True))
