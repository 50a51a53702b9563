"""Reads the description of a model, and of a training history, out of a reply that may be forged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from grader import values
from grader.text import Text, say
from grader.wire_limits import PLAIN_INT, finite, items, malformed, mapping, real, text, too_large, truth, whole
from grader.wire_plan import ModelPlan, NotRebuildable, RawBody, RawLayer, Signature, checked_signature, make_plan

if TYPE_CHECKING:
    from grader.wire_reader import Reader

NAME_CHARS = 100
CONFIG_CHARS = 200
CONFIG_ITEMS = 64
CONFIG_DEPTH = 8
NESTED_MODELS = 5
ACTIVATION_CLASSES = ("ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax")
LONG_NAMES = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
    "bce": "binary_crossentropy",
    "acc": "accuracy",
    "kld": "kl_divergence",
}
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def long_name(name: str) -> str:
    """Of a loss or metric: "mse", "MSE" and "MeanSquaredError" are "mean_squared_error"."""
    snake = name.lower() if name.isupper() else _WORD.sub("_", name).lower()
    return LONG_NAMES.get(snake, snake)


def read_history(reader: Reader, tree: Mapping[str, Any]) -> values.History:
    """What ``fit`` returned."""
    columns: dict[str, list[float]] = {}
    for pair in items(tree.get("v"), "history", 1_000):
        if len(items(pair, "history", 2)) != 2:  # noqa: PLR2004 - a name and its numbers
            raise malformed("history")
        name = text(pair[0], "history", NAME_CHARS)
        numbers = items(pair[1], "history", reader.limits.scalars)
        reader.count(len(numbers))
        if name in columns:
            raise malformed("history")
        columns[name] = [real(n, "history") for n in numbers]
    return values.History(whole(tree.get("epochs"), "history"), columns)


def read_model(reader: Reader, tree: Mapping[str, Any]) -> values.StudentModel:
    """A model, with a plan to rebuild it or the reason why there is none."""
    body = _Bodies(reader).body(tree.get("model"), 0)
    sent = tree.get("weights")
    weights = (
        tuple(reader.array(mapping(w, "weights")) for w in items(sent, "weights", reader.limits.nodes))
        if sent is not None
        else ()
    )
    reader.count(len(weights))
    plan, why = _plan(body.raw, len(weights), left_out=sent is None)
    name = text(tree.get("type"), "model", 200)
    handle = values.Handle(whole(tree.get("id"), "model"), name, f"<{body.raw.class_name} {body.name}>")
    optimizer, loss, metrics = _compiled(reader, tree.get("compiled"))
    return values.StudentModel(
        handle=handle,
        class_name=body.raw.class_name,
        name=body.name,
        built=body.raw.built,
        layers=body.layers,
        input_shapes=body.input_shapes,
        output_shapes=body.output_shapes,
        weights=weights,
        trainable_count=whole(tree.get("trainable_count"), "model"),
        param_count=whole(tree.get("param_count"), "model"),
        optimizer=optimizer,
        loss=loss,
        metrics=metrics,
        plan=plan,
        not_rebuildable=why,
    )


def _plan(raw: RawBody, weight_count: int, *, left_out: bool) -> tuple[ModelPlan | None, Text | None]:
    try:
        if left_out:
            raise NotRebuildable(say("its weights are too large to be taken over"))
        return make_plan(raw, weight_count), None
    except NotRebuildable as reason:
        return None, reason.text


class _Body:
    """One model of the description: what a check sees, and what a plan is made from."""

    def __init__(self, raw: RawBody, name: str, layers: tuple[values.LayerInfo, ...], shapes: tuple[Any, Any]) -> None:
        self.raw = raw
        self.name = name
        self.layers = layers
        self.input_shapes, self.output_shapes = shapes


class _Bodies:
    """Reads models and those nested in them; counts their layers."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.layers = 0

    def body(self, value: object, depth: int) -> _Body:
        tree = mapping(value, "model")
        if depth > NESTED_MODELS:
            raise too_large("nested models")
        pairs = [
            self._layer(layer, depth) for layer in items(tree.get("layers"), "layers", self.reader.limits.layers + 1)
        ]
        raw = RawBody(
            style=text(tree.get("style"), "model", NAME_CHARS),
            class_name=text(tree.get("class"), "model", NAME_CHARS),
            built=truth(tree.get("built"), "model"),
            inputs=self._signatures(tree.get("inputs")),
            layers=tuple(raw for raw, _ in pairs),
            input_layers=self._settings(tree.get("input_layers"), 0),
            output_layers=self._settings(tree.get("output_layers"), 0),
        )
        layers = tuple(info for raw, info in pairs if raw.class_name != "InputLayer" and not raw.operation)
        shapes = (self._shapes(tree.get("inputs")), self._shapes(tree.get("outputs")))
        return _Body(raw, text(tree.get("name"), "model", NAME_CHARS), layers, shapes)

    def _layer(self, value: object, depth: int) -> tuple[RawLayer, values.LayerInfo]:
        tree = mapping(value, "layer")
        self.layers += 1
        if self.layers > self.reader.limits.layers:
            raise too_large("layers")
        inner = self.body(tree["model"], depth + 1) if tree.get("model") is not None else None
        raw = RawLayer(
            class_name=text(tree.get("class"), "layer", NAME_CHARS),
            name=text(tree.get("name"), "layer", NAME_CHARS),
            own=truth(tree.get("own"), "layer"),
            operation=truth(tree.get("operation"), "layer"),
            config=mapping(self._settings(mapping(tree.get("config"), "layer"), 0), "layer"),
            activations=self._activations(tree.get("activations")),
            weights=tuple(_weight(w) for w in items(tree.get("weights"), "layer", CONFIG_ITEMS)),
            nodes=self._settings(tree.get("nodes"), 0),
            body=inner.raw if inner is not None else None,
        )
        return raw, self._info(raw, tree, inner)

    def _info(self, raw: RawLayer, tree: Mapping[str, Any], inner: _Body | None) -> values.LayerInfo:
        units = raw.config.get("units", raw.config.get("filters"))
        rate = raw.config.get("rate")
        shapes = items(tree.get("weight_shapes"), "layer", CONFIG_ITEMS)
        return values.LayerInfo(
            class_name=raw.class_name,
            name=raw.name,
            units=units if type(units) is int else None,
            activation=_activation_name(raw),
            rate=float(rate) if type(rate) in (int, float) else None,
            input_shape=_dims(tree.get("input")),
            output_shape=_dims(tree.get("output")),
            trainable=truth(tree.get("trainable"), "layer"),
            weight_shapes=tuple(tuple(whole(d, "layer") for d in items(s, "layer", 32)) for s in shapes),
            param_count=whole(tree.get("param_count"), "layer"),
            own_class=raw.own,
            config=raw.config,
            layers=inner.layers if inner is not None else (),
        )

    def _activations(self, value: object) -> dict[str, Any]:
        read = {
            text(k, "activation", NAME_CHARS): self._settings(v, 0) for k, v in mapping(value, "activation").items()
        }
        if not all(v is None or isinstance(v, dict) for v in read.values()):
            raise malformed("activation")
        return read

    def _settings(self, value: object, depth: int) -> Any:
        """Plain JSON of bounded depth and size."""
        self.reader.count(1)
        if depth > CONFIG_DEPTH:
            raise too_large("settings")
        if type(value) is list:
            return [self._settings(v, depth + 1) for v in items(value, "settings", CONFIG_ITEMS)]
        if type(value) is dict:
            if len(value) > CONFIG_ITEMS:
                raise too_large("settings")
            return {text(k, "settings", CONFIG_CHARS): self._settings(v, depth + 1) for k, v in value.items()}
        if value is None or type(value) is bool:
            return value
        if type(value) is str:
            return text(value, "settings", CONFIG_CHARS)
        return whole(value, "settings", -PLAIN_INT) if type(value) is int else finite(value, "settings")

    def _shapes(self, value: object) -> tuple[values.Dims, ...]:
        if value is None:
            return ()
        self.reader.count(1)
        return tuple(_dims(mapping(v, "shape").get("shape")) or () for v in items(value, "shape", CONFIG_ITEMS))

    def _signatures(self, value: object) -> tuple[Signature, ...] | None:
        if value is None:
            return None
        found = []
        for each in items(value, "inputs", CONFIG_ITEMS):
            tree = mapping(each, "inputs")
            dtype = text(tree.get("dtype"), "inputs", NAME_CHARS)
            try:
                found.append(checked_signature(_dims(tree.get("shape")) or (), dtype))
            except NotRebuildable:
                return None
        return tuple(found)


def _weight(value: object) -> tuple[str, int | None]:
    pair = items(value, "weights", 2)
    if len(pair) != 2:  # noqa: PLR2004 - a name and an index
        raise malformed("weights")
    return text(pair[0], "weights", NAME_CHARS), None if pair[1] is None else whole(pair[1], "weights")


def _dims(value: object) -> values.Dims | None:
    if value is None:
        return None
    return tuple(None if d is None else whole(d, "shape") for d in items(value, "shape", 32))


def _activation_name(raw: RawLayer) -> str | None:
    """As Keras spells it; of a layer that does nothing else, its own name."""
    if raw.class_name in ACTIVATION_CLASSES:
        return long_name(raw.class_name).replace("re_lu", "relu").replace("leaky_relu", "leaky_relu")
    given = raw.activations.get("activation") or {}
    shown = given.get("name") or given.get("own")
    if isinstance(given.get("layer"), str):
        shown = long_name(given["layer"]).replace("re_lu", "relu")
    return shown if isinstance(shown, str) else None


def _compiled(reader: Reader, value: object) -> tuple[values.OptimizerInfo | None, str | None, tuple[str, ...]]:
    if value is None:
        return None, None, ()
    tree = mapping(value, "compile")
    loss = tree.get("loss")
    metrics = tuple(
        long_name(text(m, "metrics", NAME_CHARS)) for m in items(tree.get("metrics"), "metrics", CONFIG_ITEMS)
    )
    name = None if loss is None else long_name(text(loss, "loss", NAME_CHARS))
    return _optimizer(reader, tree.get("optimizer")), name, metrics


def _optimizer(reader: Reader, value: object) -> values.OptimizerInfo | None:
    if value is None:
        return None
    tree = mapping(value, "optimizer")
    rate = tree.get("rate")
    config = _Bodies(reader)._settings(mapping(tree.get("config"), "optimizer"), 0)  # noqa: SLF001 - of this file
    return values.OptimizerInfo(
        text(tree.get("class"), "optimizer", NAME_CHARS), None if rate is None else real(rate, "rate"), config
    )
