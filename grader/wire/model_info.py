"""Reads the description of a model out of a reply that may be forged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader import values
from grader.text import Text, say
from grader.wire.graph import NotRebuildable
from grader.wire.limits import exactly, items, malformed, mapping, text, too_large, truth, whole
from grader.wire.plan import ModelPlan, RawBody, RawLayer, Signature, make_plan
from grader.wire.training import MAX_SETTINGS, NAME_CHARS, long_name, read_compiled, settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.wire.reader import Reader

NESTED_MODELS = 5
MAX_AXES = 32
TYPE_CHARS = 200
ACTIVATION_CLASSES = ("ReLU", "LeakyReLU", "PReLU", "ELU", "Softmax")


def read_model(reader: Reader, tree: Mapping[str, Any]) -> values.StudentModel:
    """A model, with a plan to rebuild it or the reason why there is none."""
    body = _Bodies(reader).body(tree.get("model"), 0)
    weights = _weights(reader, tree.get("weights"))
    plan, why = _plan(body.raw, weights)
    return values.StudentModel(
        handle=values.Handle(
            whole(tree.get("id"), "model"),
            text(tree.get("type"), "model", TYPE_CHARS),
            f"<{body.raw.class_name} {body.name}>",
        ),
        class_name=body.raw.class_name,
        name=body.name,
        built=body.raw.built,
        layers=body.layers,
        input_shapes=tuple(s.shape for s in body.raw.inputs or ()),
        output_shapes=body.output_shapes,
        weights=weights or (),
        trainable_count=whole(tree.get("trainable_count"), "model"),
        param_count=whole(tree.get("param_count"), "model"),
        plan=plan,
        not_rebuildable=why,
        **read_compiled(reader, tree.get("compiled")),
    )


def _weights(reader: Reader, value: object) -> tuple[values.Array, ...] | None:
    """None where they were too large to be sent."""
    if value is None:
        return None
    sent = items(value, "weights", reader.limits.nodes)
    reader.count(len(sent))
    return tuple(reader.array(mapping(w, "weights")) for w in sent)


def _plan(raw: RawBody, weights: tuple[values.Array, ...] | None) -> tuple[ModelPlan | None, Text | None]:
    if weights is None:
        return None, say("its weights are too large to be taken over")
    try:
        return make_plan(raw, len(weights)), None
    except NotRebuildable as reason:
        return None, reason.text


@dataclass(frozen=True)
class _Body:
    """One model of the description: what a plan is made from, and what a check sees."""

    raw: RawBody
    name: str
    layers: tuple[values.LayerInfo, ...]
    output_shapes: tuple[values.Dims, ...]


class _Bodies:
    """Reads models and those nested in them; counts their layers."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.layers = 0

    def body(self, value: object, depth: int) -> _Body:
        """One model with its layers."""
        tree = mapping(value, "model")
        if depth > NESTED_MODELS:
            raise too_large("nested models")
        pairs = [self._layer(layer, depth) for layer in items(tree.get("layers"), "layers", self.reader.limits.layers)]
        raw = RawBody(
            style=text(tree.get("style"), "model", NAME_CHARS),
            class_name=text(tree.get("class"), "model", NAME_CHARS),
            built=truth(tree.get("built"), "model"),
            inputs=_signatures(tree.get("inputs")),
            layers=tuple(raw for raw, _ in pairs),
            input_layers=settings(self.reader, tree.get("input_layers")),
            output_layers=settings(self.reader, tree.get("output_layers")),
        )
        layers = tuple(info for raw, info in pairs if raw.class_name != "InputLayer" and not raw.operation)
        outputs = tuple(s.shape for s in _signatures(tree.get("outputs")) or ())
        return _Body(raw, text(tree.get("name"), "model", NAME_CHARS), layers, outputs)

    def _layer(self, value: object, depth: int) -> tuple[RawLayer, values.LayerInfo]:
        tree = mapping(value, "layer")
        self.layers += 1
        if self.layers > self.reader.limits.layers:
            raise too_large("layers")
        inner = None if tree.get("model") is None else self.body(tree["model"], depth + 1)
        raw = RawLayer(
            class_name=text(tree.get("class"), "layer", NAME_CHARS),
            name=text(tree.get("name"), "layer", NAME_CHARS),
            own=truth(tree.get("own"), "layer"),
            operation=truth(tree.get("operation"), "layer"),
            config=settings(self.reader, mapping(tree.get("config"), "layer")),
            activations=self._activations(tree.get("activations")),
            weights=tuple(_weight(w) for w in items(tree.get("weights"), "layer", MAX_SETTINGS)),
            nodes=settings(self.reader, tree.get("nodes")),
            body=None if inner is None else inner.raw,
        )
        return raw, _info(raw, tree, () if inner is None else inner.layers)

    def _activations(self, value: object) -> dict[str, Any]:
        read: dict[str, Any] = settings(self.reader, mapping(value, "activation"))
        if not all(v is None or isinstance(v, dict) for v in read.values()):
            raise malformed("activation")
        return read


def _info(raw: RawLayer, tree: Mapping[str, Any], layers: tuple[values.LayerInfo, ...]) -> values.LayerInfo:
    units, rate = raw.config.get("units", raw.config.get("filters")), raw.config.get("rate")
    shapes = items(tree.get("weight_shapes"), "layer", MAX_SETTINGS)
    return values.LayerInfo(
        class_name=raw.class_name,
        name=raw.name,
        units=units if type(units) is int else None,
        activation=_activation_name(raw),
        rate=float(rate) if isinstance(rate, (int, float)) else None,
        input_shape=_dims(tree.get("input")),
        output_shape=_dims(tree.get("output")),
        trainable=truth(tree.get("trainable"), "layer"),
        weight_shapes=tuple(tuple(whole(d, "layer") for d in items(s, "layer", MAX_AXES)) for s in shapes),
        param_count=whole(tree.get("param_count"), "layer"),
        own_class=raw.own,
        config=raw.config,
        layers=layers,
    )


def _activation_name(raw: RawLayer) -> str | None:
    """As Keras spells it: "relu" also for a ReLU layer."""
    given = raw.activations.get("activation") or {}
    layer = raw.class_name if raw.class_name in ACTIVATION_CLASSES else given.get("layer")
    shown = given.get("name") or given.get("own")
    if isinstance(layer, str):
        shown = layer.replace("ReLU", "Relu").replace("PRelu", "Prelu")
        shown = long_name(shown)
    return shown if isinstance(shown, str) else None


def _signatures(value: object) -> tuple[Signature, ...] | None:
    if value is None:
        return None
    trees = (mapping(v, "signature") for v in items(value, "signature", MAX_SETTINGS))
    return tuple(Signature(_dims(t.get("shape")) or (), text(t.get("dtype"), "signature", NAME_CHARS)) for t in trees)


def _weight(value: object) -> tuple[str, int | None]:
    name, index = exactly(2, value, "weights")
    return text(name, "weights", NAME_CHARS), None if index is None else whole(index, "weights")


def _dims(value: object) -> values.Dims | None:
    if value is None:
        return None
    return tuple(None if d is None else whole(d, "shape") for d in items(value, "shape", MAX_AXES))
