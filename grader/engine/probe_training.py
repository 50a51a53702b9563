"""How a Keras model was compiled, what its training gave, and settings of Keras objects as plain data."""

from __future__ import annotations

import builtins
from typing import Any

from numpy import asarray

from grader.engine.probe_export import PLAIN_INT, Exporter, Tree
from grader.engine.probe_labels import label_shapes
from grader.engine.probe_text import clean, number, type_name

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

SETTINGS_DEPTH = 6
MAX_SETTINGS = 64
SETTING_CHARS = 200
NAME_CHARS = 100


def write_history(out: Exporter, value: Any, _: int) -> Tree:
    """Epochs, and a list of numbers for each key."""
    lists = [
        [clean(str(key))[:NAME_CHARS], [out.plain(number(x)) for x in column]]
        for key, column in dict.items(value.history)
    ]
    return out.node("history", epochs=len(value.epoch), v=lists)


def plain(out: Exporter, value: Any, depth: int = 0) -> Tree:
    """Settings as JSON: an object of Keras' own becomes its class name and settings, what else is no data {"?": type}."""
    out.plain(None)
    if value is None or type(value) in (bool, int, str, float):
        return _plain_scalar(value)
    if isinstance(value, (list, tuple)) and len(value) <= MAX_SETTINGS and depth < SETTINGS_DEPTH:
        return [plain(out, v, depth + 1) for v in value]
    if isinstance(value, dict) and len(value) <= MAX_SETTINGS and depth < SETTINGS_DEPTH:
        return _plain_dict(out, value, depth)
    return {"?": type_name(value)}


def _plain_dict(out: Exporter, value: dict[Any, Any], depth: int) -> Tree:
    kind = value.get("class_name")
    if kind == "__keras_tensor__":
        return {"tensor": plain(out, value["config"]["keras_history"], depth + 1)}
    if kind == "DTypePolicy":
        return plain(out, value["config"]["name"], depth + 1)
    kept = {k: v for k, v in value.items() if not ("class_name" in value and k in ("module", "registered_name"))}
    return {clean(str(k))[:SETTING_CHARS]: plain(out, v, depth + 1) for k, v in kept.items()}


def _plain_scalar(value: Any) -> Tree:
    if type(value) is str:
        return clean(value)[:SETTING_CHARS]
    if type(value) is float:
        return number(value)
    return value if value is None or abs(value) <= PLAIN_INT else {"?": "int"}


def compiled(out: Exporter, model: Any) -> Tree:
    """Optimizer, loss and metrics; None where it was not compiled."""
    optimizer = getattr(model, "optimizer", None)
    if not getattr(model, "compiled", False):
        return None
    return {
        "optimizer": None if optimizer is None else _optimizer(out, optimizer),
        "loss": _name(getattr(model, "loss", None)),
        "from_logits": _from_logits(getattr(model, "loss", None)),
        "metrics": _metrics(model),
        "labels": label_shapes(model),
    }


def _optimizer(out: Exporter, optimizer: Any) -> Tree:
    try:
        rate = number(asarray(optimizer.learning_rate))
    except Exception:  # a schedule of the learner's own
        rate = None
    try:
        config = plain(out, optimizer.get_config())
    except Exception:  # an optimizer of the learner's own
        config = {}
    return {"class": clean(type(optimizer).__name__)[:NAME_CHARS], "rate": rate, "config": config}


def _metrics(model: Any) -> Tree:
    try:
        given = model._compile_metrics._user_metrics  # noqa: SLF001 - Keras has no public name before the first fit
    except AttributeError:
        return []
    flat = given if isinstance(given, (list, tuple)) else list(given.values()) if isinstance(given, dict) else [given]
    return [name for name in map(_name, flat[:MAX_SETTINGS]) if name]


def _from_logits(loss: Any) -> Tree:
    """Whether a loss object takes raw outputs; a loss given by its name does not."""
    try:
        return loss.get_config().get("from_logits") is True
    except Exception:  # a name, a function, or a loss of the learner's own
        return False


def _name(thing: Any) -> Tree:
    """Of a loss or metric, however it was given; None of several."""
    if isinstance(thing, (list, tuple)) and len(thing) == 1:
        return _name(thing[0])
    if thing is None or isinstance(thing, (list, tuple, dict)):
        return None
    name = thing if isinstance(thing, str) else getattr(thing, "__name__", type(thing).__name__)
    return clean(str(name))[:NAME_CHARS]
