"""Reads how a model was compiled and what its training gave, out of a reply that may be forged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from grader import values
from grader.wire.limits import PLAIN_INT, exactly, finite, items, malformed, mapping, real, text, too_large, whole

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.wire.reader import Reader

NAME_CHARS = 100
SETTING_CHARS = 200
MAX_SETTINGS = 64
SETTINGS_DEPTH = 8
MAX_COLUMNS = 1_000
LONG_NAMES = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy",
    "acc": "accuracy",
    "kld": "kl_divergence",
}
MOST_AXES = 8
WORD_ENDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def long_name(name: str) -> str:
    """Of a loss, metric or layer: "mse", "MSE" and "MeanSquaredError" are "mean_squared_error"."""
    snake = name.lower() if name.isupper() else WORD_ENDS.sub("_", name).lower()
    return LONG_NAMES.get(snake, snake)


def settings(reader: Reader, value: object, depth: int = 0) -> Any:
    """Plain JSON of bounded depth and size: the settings of a layer or an optimizer."""
    reader.count(1)
    if type(value) is list:
        return [settings(reader, v, _deeper(depth)) for v in items(value, "settings", MAX_SETTINGS)]
    if type(value) is dict:
        pairs = items(list(value.items()), "settings", MAX_SETTINGS)
        return {text(k, "settings", SETTING_CHARS): settings(reader, v, _deeper(depth)) for k, v in pairs}
    if value is None or type(value) is bool:
        return value
    if type(value) is str:
        return text(value, "settings", SETTING_CHARS)
    return whole(value, "settings", -PLAIN_INT) if type(value) is int else finite(value, "settings")


def _deeper(depth: int) -> int:
    if depth >= SETTINGS_DEPTH:
        raise too_large("settings")
    return depth + 1


def read_history(reader: Reader, tree: Mapping[str, Any]) -> values.History:
    """What ``fit`` returned."""
    columns: dict[str, list[float]] = {}
    for pair in items(tree.get("v"), "history", MAX_COLUMNS):
        key, column = exactly(2, pair, "history")
        name, numbers = text(key, "history", NAME_CHARS), items(column, "history", reader.limits.scalars)
        reader.count(len(numbers))
        if name in columns:
            raise malformed("history")
        columns[name] = [real(n, "history") for n in numbers]
    return values.History(whole(tree.get("epochs"), "history"), columns)


def read_compiled(reader: Reader, value: object) -> dict[str, Any]:
    """The fields ``optimizer``, ``loss``, ``from_logits``, ``metrics`` and ``label_shapes`` of a model; empty where it was not compiled."""
    if value is None:
        return {}
    tree = mapping(value, "compile")
    loss = tree.get("loss")
    names = (text(m, "metrics", NAME_CHARS) for m in items(tree.get("metrics"), "metrics", MAX_SETTINGS))
    return {
        "optimizer": None
        if tree.get("optimizer") is None
        else _optimizer(reader, mapping(tree["optimizer"], "optimizer")),
        "loss": None if loss is None else long_name(text(loss, "loss", NAME_CHARS)),
        "from_logits": tree.get("from_logits") is True,
        "metrics": tuple(map(long_name, names)),
        "label_shapes": _label_shapes(tree.get("labels")),
    }


def _label_shapes(value: object) -> tuple[values.Dims, ...]:
    """Of labels and predictions; () where the model was not trained."""
    if value is None:
        return ()
    both = exactly(2, value, "labels")
    return tuple(
        tuple(None if d is None else whole(d, "labels") for d in items(shape, "labels", MOST_AXES)) for shape in both
    )


def _optimizer(reader: Reader, tree: Mapping[str, Any]) -> values.OptimizerInfo:
    rate = tree.get("rate")
    return values.OptimizerInfo(
        text(tree.get("class"), "optimizer", NAME_CHARS),
        None if rate is None else real(rate, "optimizer"),
        settings(reader, mapping(tree.get("config"), "optimizer")),
    )
