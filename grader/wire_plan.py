"""What a model is rebuilt from: a plan of known layers with checked settings, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.text import say
from grader.values import Dims
from grader.wire_layers import (
    ACTIVATION_LAYERS,
    ACTIVATIONS,
    INPUT_DTYPES,
    LAYERS,
    MAX_AXES,
    OPERATIONS,
    POLICIES,
    USUAL,
    is_number,
)
from grader.wire_limits import Refused

NESTED_MODELS = 3
MAX_CALLS = 64  # of one layer in one graph
MAX_NAME_CHARS = 100


class NotRebuildable(Refused):
    """A model that is in order, but that we build no copy of; ``text`` says why."""


@dataclass(frozen=True)
class At:
    """The place of a tensor in a graph: which output of which call of which layer."""

    layer: str
    call: int
    output: int


@dataclass(frozen=True)
class Call:
    """One use of a layer in a graph. Arguments are `At`, numbers, None, or lists of these."""

    args: tuple[Any, ...]
    kwargs: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Signature:
    """One input of a model; the batch axis first."""

    shape: Dims
    dtype: str


@dataclass(frozen=True)
class LayerPlan:
    """One layer: ``weights`` maps its variables to positions in the model's weights."""

    class_name: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    weights: Mapping[str, int] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    model: ModelPlan | None = None
    operation: bool = False
    signature: Signature | None = None  # of an InputLayer


@dataclass(frozen=True)
class ModelPlan:
    """A graph of layers by name; a Sequential is a chain."""

    style: str
    layers: Mapping[str, LayerPlan]
    inputs: tuple[At, ...]
    outputs: tuple[At, ...]


@dataclass(frozen=True)
class RawLayer:
    """One layer as the learner's session describes it: right in type and size, not yet admitted."""

    class_name: str
    name: str
    own: bool
    operation: bool
    config: Mapping[str, Any]
    activations: Mapping[str, Mapping[str, Any] | None]
    weights: tuple[tuple[str, int | None], ...]
    nodes: Any
    body: RawBody | None


@dataclass(frozen=True)
class RawBody:
    """One model as the learner's session describes it."""

    style: str
    class_name: str
    built: bool
    inputs: tuple[Signature, ...] | None
    layers: tuple[RawLayer, ...]
    input_layers: Any
    output_layers: Any


def make_plan(body: RawBody, weight_count: int, depth: int = 0) -> ModelPlan:
    """The plan of a model with so many weights.

    Raises NotRebuildable where a layer, an activation or the style is not one of those we know.
    """
    if body.style not in ("Sequential", "Functional"):
        raise NotRebuildable(say("its class {name} is written by hand", name=body.class_name))
    if not body.built or not body.inputs:
        raise NotRebuildable(say("it has no input shape yet"))
    if depth > NESTED_MODELS:
        raise NotRebuildable(say("models are nested too deeply in it"))
    if len({layer.name for layer in body.layers}) != len(body.layers):
        raise NotRebuildable(say("two of its layers have the same name"))
    plans = {layer.name: _layer(layer, weight_count, depth) for layer in body.layers}
    if body.style == "Sequential":
        return _chain(body, plans)
    return ModelPlan("Functional", plans, _places(body.input_layers), _places(body.output_layers))


def _chain(body: RawBody, plans: Mapping[str, LayerPlan]) -> ModelPlan:
    assert body.inputs is not None  # noqa: S101 - make_plan has seen to it
    first = "" if "" not in plans else "input"
    layers, last = {first: LayerPlan("InputLayer", signature=body.inputs[0])}, first
    for name, plan in plans.items():
        layers[name] = LayerPlan(plan.class_name, plan.settings, plan.weights, (Call((At(last, 0, 0),)),), plan.model)
        last = name
    return ModelPlan("Sequential", layers, (At(first, 0, 0),), (At(last, 0, 0),))


def _layer(layer: RawLayer, weight_count: int, depth: int) -> LayerPlan:
    calls = _calls(layer)
    if layer.operation:
        if layer.class_name not in OPERATIONS:
            raise _unknown(layer.class_name)
        return LayerPlan(layer.class_name, calls=calls, operation=True)
    if layer.body is not None:
        return LayerPlan(layer.class_name, calls=calls, model=make_plan(layer.body, weight_count, depth + 1))
    if layer.own:
        raise NotRebuildable(say("the layer class {name} is not Keras' own", name=layer.class_name))
    if layer.class_name == "InputLayer":
        return LayerPlan("InputLayer", signature=_input(layer.config))
    settings = _settings(layer.class_name, layer.config, layer.activations)
    return LayerPlan(layer.class_name, settings, _weights(layer, weight_count), calls)


def _unknown(class_name: str) -> NotRebuildable:
    return NotRebuildable(say("the layer class {name} is not among those we rebuild", name=class_name))


def _settings(
    class_name: str, config: Mapping[str, Any], activations: Mapping[str, Mapping[str, Any] | None]
) -> dict[str, Any]:
    kind = LAYERS.get(class_name)
    if kind is None:
        raise _unknown(class_name)
    made = {key: config[key] for key in kind.settings if key in config}
    for key, value in made.items():
        if not kind.settings[key](value):
            raise _strange(class_name, key)
    for key, usual in USUAL.items():
        if config.get(key, usual) != usual:
            raise _strange(class_name, key)
    made |= {key: _activation(class_name, activations.get(key)) for key in kind.activations}
    return made | {"dtype": policy(class_name, config.get("dtype", "float32"))}


def _strange(class_name: str, key: str) -> NotRebuildable:
    return NotRebuildable(say("the setting {key} of a {name} layer is unusual", key=key, name=class_name))


def _activation(class_name: str, given: Mapping[str, Any] | None) -> Any:
    """A name, or the plan of a layer that is used as an activation."""
    if given is None:
        return None
    if given.get("name") in ACTIVATIONS:
        return given["name"]
    if given.get("layer") in ACTIVATION_LAYERS and isinstance(given.get("config"), dict):
        return LayerPlan(given["layer"], _settings(given["layer"], given["config"], {}))
    shown = given.get("own") or given.get("layer") or class_name
    raise NotRebuildable(say("the activation {name} is not Keras' own", name=shown))


def policy(class_name: str, given: Any) -> str:
    """The name of a dtype policy, also where it is written out as an object."""
    if isinstance(given, dict) and isinstance(given.get("config"), dict):
        given = given["config"].get("name")
    if not isinstance(given, str) or given not in POLICIES:
        raise _strange(class_name, "dtype")
    return given


def _input(config: Mapping[str, Any]) -> Signature:
    shape, dtype = config.get("batch_shape"), config.get("dtype")
    if not isinstance(shape, list) or not shape or not isinstance(dtype, str):
        raise _strange("Input", "shape")
    if any(config.get(key) for key in ("sparse", "ragged", "optional")):
        raise _strange("Input", "sparse")
    return checked_signature(shape, dtype)


def checked_signature(shape: Sequence[Any], dtype: str) -> Signature:
    """An input whose batch axis is left open."""
    rest = tuple(shape[1:])
    if len(rest) >= MAX_AXES or not all(d is None or (type(d) is int and 0 <= d <= 10**7) for d in rest):
        raise _strange("Input", "shape")
    if dtype not in INPUT_DTYPES:
        raise _strange("Input", "dtype")
    return Signature((None, *rest), dtype)


def _weights(layer: RawLayer, weight_count: int) -> dict[str, int]:
    known = LAYERS[layer.class_name].weights
    found: dict[str, int] = {}
    for variable, index in layer.weights:
        if layer.class_name == "Normalization" and variable == "count":
            continue
        if variable not in known or variable in found or index is None or not 0 <= index < weight_count:
            raise NotRebuildable(say("the weights of a {name} layer are unusual", name=layer.class_name))
        found[variable] = index
    return found


def _calls(layer: RawLayer) -> tuple[Call, ...]:
    nodes = layer.nodes or []
    if not isinstance(nodes, list) or len(nodes) > MAX_CALLS:
        raise _no_graph()
    return tuple(_call(node) for node in nodes)


def _call(node: Any) -> Call:
    if not isinstance(node, dict) or not isinstance(node.get("args"), list) or not isinstance(node.get("kwargs"), dict):
        raise _no_graph()
    kwargs = {k: v for k, v in node["kwargs"].items() if v is not None}
    if any(k != "training" or type(v) is not bool for k, v in kwargs.items()):
        raise NotRebuildable(say("one of its layers is called with arguments that we do not know"))
    return Call(tuple(_argument(a) for a in node["args"]), kwargs)


def _argument(value: Any) -> Any:
    if value is None or is_number(value):
        return value
    if isinstance(value, list):
        return [_argument(v) for v in value]
    if isinstance(value, dict) and "tensor" in value:
        return _place(value["tensor"])
    raise NotRebuildable(say("one of its layers is called with arguments that we do not know"))


def _places(value: Any) -> tuple[At, ...]:
    """One place, a list of them, or a dict of them in the order in which Keras takes it."""
    if isinstance(value, dict):
        return tuple(_place(value[key]) for key in sorted(value))
    if isinstance(value, list) and value and isinstance(value[0], list):
        return tuple(_place(v) for v in value)
    return (_place(value),)


def _place(value: Any) -> At:
    if not isinstance(value, list) or len(value) != 3:  # noqa: PLR2004 - layer, call, output
        raise _no_graph()
    name, call, output = value
    if not isinstance(name, str) or type(call) is not int or type(output) is not int or call < 0 or output < 0:
        raise _no_graph()
    return At(name, call, output)


def _no_graph() -> NotRebuildable:
    return NotRebuildable(say("its graph cannot be read"))
