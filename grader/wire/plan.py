"""What a model is rebuilt from: a plan of known layers with checked settings, or the reason why there is none."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from grader.text import say
from grader.wire.graph import At, Call, NotRebuildable, read_calls, read_places
from grader.wire.layers import (
    ACTIVATION_LAYERS,
    ACTIVATIONS,
    INPUT_DTYPES,
    LAYERS,
    MAX_AXES,
    MAX_LENGTH,
    OPERATIONS,
    POLICIES,
    USUAL,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.values import Dims

NESTED_MODELS = 3


@dataclass(frozen=True)
class Signature:
    """One input or output of a model; the batch axis first."""

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
        return _chain(_signature(body.inputs[0]), plans)
    return ModelPlan(plans, read_places(body.input_layers), read_places(body.output_layers))


def _chain(signature: Signature, plans: Mapping[str, LayerPlan]) -> ModelPlan:
    first = last = "/"  # Keras allows no layer of this name
    layers = {first: LayerPlan("InputLayer", signature=signature)}
    for name, plan in plans.items():
        layers[name] = dataclasses.replace(plan, calls=(Call((At(last, 0, 0),)),))
        last = name
    return ModelPlan(layers, (At(first, 0, 0),), (At(last, 0, 0),))


def _layer(layer: RawLayer, weight_count: int, depth: int) -> LayerPlan:
    calls = read_calls(layer.nodes or [])
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


def _settings(
    class_name: str, config: Mapping[str, Any], activations: Mapping[str, Mapping[str, Any] | None]
) -> dict[str, Any]:
    kind = LAYERS.get(class_name)
    if kind is None:
        raise _unknown(class_name)
    made = {key: config[key] for key in kind.settings if key in config}
    strange = [key for key, value in made.items() if not kind.settings[key](value)]
    strange += [key for key, usual in USUAL.items() if config.get(key, usual) != usual]
    dtype = config.get("dtype", "float32")
    if not isinstance(dtype, str) or dtype not in POLICIES:
        strange.append("dtype")
    if strange:
        raise _strange(class_name, strange[0])
    chosen = {key: _activation(class_name, activations.get(key)) for key in kind.activations}
    return {**made, **chosen, "dtype": dtype}


def _activation(class_name: str, given: Mapping[str, Any] | None) -> Any:
    """A name, or the plan of a layer that is used as an activation."""
    if given is None:
        return None
    if isinstance(given.get("name"), str) and given["name"] in ACTIVATIONS:
        return given["name"]
    layer, config = given.get("layer"), given.get("config")
    if isinstance(layer, str) and layer in ACTIVATION_LAYERS and isinstance(config, dict):
        return LayerPlan(layer, _settings(layer, config, {}))
    raise NotRebuildable(say("the activation {name} is not Keras' own", name=given.get("own") or layer or class_name))


def _input(config: Mapping[str, Any]) -> Signature:
    shape, dtype = config.get("batch_shape"), config.get("dtype")
    if not isinstance(shape, list) or not shape or not isinstance(dtype, str):
        raise _strange("Input", "shape")
    if any(config.get(key) for key in ("sparse", "ragged", "optional")):
        raise _strange("Input", "sparse")
    return _signature(Signature(tuple(shape), dtype))


def _signature(given: Signature) -> Signature:
    """An input whose batch axis is left open."""
    rest: Sequence[Any] = given.shape[1:]
    if len(rest) >= MAX_AXES or not all(d is None or (type(d) is int and 0 <= d <= MAX_LENGTH) for d in rest):
        raise _strange("Input", "shape")
    if given.dtype not in INPUT_DTYPES:
        raise _strange("Input", "dtype")
    return Signature((None, *rest), given.dtype)


def _weights(layer: RawLayer, weight_count: int) -> dict[str, int]:
    kind = LAYERS[layer.class_name]
    found: dict[str, int] = {}
    for variable, index in layer.weights:
        if variable in kind.spare_weights:
            continue
        if variable not in kind.weights or variable in found or index is None or index >= weight_count:
            raise NotRebuildable(say("the weights of a {name} layer are unusual", name=layer.class_name))
        found[variable] = index
    return found


def _unknown(class_name: str) -> NotRebuildable:
    return NotRebuildable(say("the layer class {name} is not among those we rebuild", name=class_name))


def _strange(class_name: str, key: str) -> NotRebuildable:
    return NotRebuildable(say("the setting {key} of a {name} layer is unusual", key=key, name=class_name))
