"""Keeps, once for each compiled model, the shapes of labels and predictions with which its loss first met both.

Keras builds a loss when its first batch is known, so this costs nothing while it trains.
"""

# ruff: noqa: PLC0415 - it works on Keras' inside, and must not load it before it is asked to
from __future__ import annotations

import builtins
from typing import Any

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

KEPT = "_gradetape_shapes"
MOST_AXES = 8


def apply() -> None:
    """Changes Keras in this process, once; nothing where it has no such class any more."""
    from keras.src.trainers import compile_utils

    losses = getattr(compile_utils, "CompileLoss", None)
    if losses is None or hasattr(losses, KEPT):
        return
    setattr(losses, KEPT, None)
    build = losses.build

    def build_and_keep(self: Any, y_true: Any, y_pred: Any) -> None:
        build(self, y_true, y_pred)
        setattr(self, KEPT, (_dims(y_true), _dims(y_pred)))

    losses.build = build_and_keep


def label_shapes(model: Any) -> list[list[Any]] | None:
    """Of labels and predictions, the batch axis left open; None where the model has not been trained, or has several outputs."""
    kept = getattr(getattr(model, "_compile_loss", None), KEPT, None)
    return None if kept is None or None in kept else [list(shape) for shape in kept]


def _dims(tensor: Any) -> tuple[int | None, ...] | None:
    try:
        dims = tuple(None if d is None else int(d) for d in tensor.shape)
    except Exception:  # several outputs come as a list or dict
        return None
    return (None, *dims[1:]) if 0 < len(dims) <= MOST_AXES else None
