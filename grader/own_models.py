"""Whether a model that only its own program can answer for computes with its weights, or looks up what is wanted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

from grader.differences import Array
from grader.errors import WrongAnswer
from grader.expect import arrays
from grader.grades import Finding
from grader.text import Text, say
from grader.values import StudentModel

DRAWS = 4  # by one set of weights a relu may answer the same everywhere
HALVINGS = 16  # of the way from one set of weights to another: what is left of it is shorter than a step of training
JUMP = 0.05  # of the way that the answers go in all, and of the answers: less may be rounding


class Asks(Protocol):
    """Whoever can call a method of the model."""

    def method(self, owner: StudentModel, name: str, *args: Any, **kwargs: Any) -> Any:
        """In the learner's session."""


def demand_weights(student: Asks, model: StudentModel, answered: Array, ask: Callable[[], Array]) -> None:
    """``ask`` gives another answer than ``answered`` with other weights, and the same with the same. Raises WrongAnswer.

    On the way from its weights to others the answers do not all jump at one place, as they do where a class looks whether
    it has its own weights. It leaves the model with these. One that answers by thresholds alone, of which several inputs may
    share one, or that mixes both smoothly, can still pretend.
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
    far = [_drawn(w, rng) for w in own]

    def ask_at(share: float) -> Array:
        student.method(model, "set_weights", [_between(w, f, share) for w, f in zip(own, far, strict=True)])
        return ask()

    jumped = not _few_values(others) and _jump_together(answered, ask_at)
    student.method(model, "set_weights", list(own))
    if jumped:
        raise _wrong(
            say(
                "What this model answers does not follow from its weights: with its own it answers one thing, "
                "and with weights that hardly differ another. Does its call look which weights it has?"
            )
        )


def _jump_together(answered: Array, ask_at: Callable[[float], Array]) -> bool:
    """Whether several answers jump at one and the same place between share 0, where they are ``answered``, and 1.

    A threshold behind a layer that bends lets answers jump, too, but each input meets it at a place of its own.
    """
    low, high, here, there = 0.0, 1.0, answered, ask_at(1.0)
    whole = _gaps(here, there)
    if whole is None or len(whole) < 2:  # noqa: PLR2004 - one alone tells nothing
        return False
    for _ in range(HALVINGS):
        half = (low + high) / 2
        between = ask_at(half)
        first, second = _gaps(here, between), _gaps(between, there)
        if first is None or second is None:
            return False
        if first.sum() >= second.sum():
            high, there = half, between
        else:
            low, here = half, between
    left = _gaps(here, there)
    least = JUMP * max(whole.max(), np.abs(answered).max())
    return left is not None and int((left > least).sum()) > 1


def _few_values(answers: Sequence[Array]) -> bool:
    """Whether these are the answers of thresholds: 0 and 1, or three classes."""
    return len(np.unique(np.concatenate([a.ravel() for a in answers]))) <= 3  # noqa: PLR2004 - see above


def _gaps(one: Array, other: Array) -> Array | None:
    """How far apart two answers are, for each input; None where that cannot be said."""
    if one.shape != other.shape or not one.shape or not (np.isfinite(one).all() and np.isfinite(other).all()):
        return None
    gaps: Array = np.abs(np.asarray(one, float) - np.asarray(other, float)).reshape(len(one), -1).max(axis=1, initial=0)
    return gaps


def _between(own: Array, far: Array, share: float) -> Array:
    return own if own.dtype.kind != "f" else (own + (far - own) * np.asarray(share, own.dtype)).astype(own.dtype)


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
