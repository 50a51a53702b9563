"""Evaluates the plainest models with NumPy: stacks of Dense layers need no TensorFlow to be started for them.

Starting it takes a judge some 100 ms, and building a model again some 10 ms; most models of exercises are this plain.
Whatever is not listed here is left to Keras; a test holds both to the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from grader.values import Array
    from grader.wire.graph import At
    from grader.wire.plan import LayerPlan, ModelPlan

MAX_LAYERS = 50
IDLE = frozenset({"Identity", "Dropout", "GaussianDropout", "AlphaDropout", "GaussianNoise", "ActivityRegularization"})


class NotPlainError(Exception):
    """The model has something that is left to Keras."""


def answer(plan: ModelPlan, weights: Sequence[Array], inputs: Sequence[Array]) -> list[Array] | None:
    """The outputs for ``inputs`` (batch first), all float32; None where Keras has to say."""
    if len(plan.layers) > MAX_LAYERS:
        return None
    given = {place.layer: array for place, array in zip(plan.inputs, inputs, strict=True)}
    try:
        with np.errstate(all="ignore"):
            return [_at(place, plan, weights, given, 0) for place in plan.outputs]
    except NotPlainError:
        return None


def _at(place: At, plan: ModelPlan, weights: Sequence[Array], given: Mapping[str, Array], depth: int) -> Array:
    """The tensor at a place of the graph."""
    layer = plan.layers.get(place.layer)
    if layer is None or depth > MAX_LAYERS or place.call or place.output:
        raise NotPlainError
    if layer.signature is not None:
        return _input(place.layer, layer, given)
    if len(layer.calls) != 1 or layer.calls[0].kwargs or len(layer.calls[0].args) != 1:
        raise NotPlainError
    sources = list(layer.calls[0].needs())
    if len(sources) != 1 or layer.calls[0].args != (sources[0],):
        raise NotPlainError
    return _applied(layer, weights, _at(sources[0], plan, weights, given, depth + 1))


def _input(name: str, layer: LayerPlan, given: Mapping[str, Array]) -> Array:
    if name not in given or layer.signature is None or layer.signature.dtype != "float32":
        raise NotPlainError
    return given[name].astype("float32")


def _applied(layer: LayerPlan, weights: Sequence[Array], x: Array) -> Array:
    apply = LAYERS.get(layer.class_name)
    if apply is None or layer.operation or layer.model is not None or layer.settings.get("dtype") != "float32":
        raise NotPlainError
    variables = {name: weights[index].astype("float32") for name, index in layer.weights.items()}
    return apply(x, layer.settings, variables)


def _dense(x: Array, settings: Mapping[str, Any], variables: Mapping[str, Array]) -> Array:
    kernel, bias, units = variables.get("kernel"), variables.get("bias"), settings.get("units")
    if kernel is None or kernel.shape != (x.shape[-1], units) or (bias is None) is bool(settings.get("use_bias", True)):
        raise NotPlainError
    if bias is not None and bias.shape != (units,):
        raise NotPlainError
    product = x @ kernel
    return _activation(product if bias is None else product + bias, settings, variables)


def _activation(x: Array, settings: Mapping[str, Any], _: Mapping[str, Array]) -> Array:
    name = settings.get("activation")
    function = ACTIVATIONS.get(name or "linear") if name is None or isinstance(name, str) else None
    if function is None:
        raise NotPlainError
    return function(x)


def _flatten(x: Array, settings: Mapping[str, Any], _: Mapping[str, Array]) -> Array:
    if settings.get("data_format", "channels_last") != "channels_last":
        raise NotPlainError
    return x.reshape(x.shape[0], int(np.prod(x.shape[1:])))


def _batch_normalization(x: Array, settings: Mapping[str, Any], variables: Mapping[str, Array]) -> Array:
    wanted = {"moving_mean", "moving_variance"}
    wanted |= {"gamma"} if settings.get("scale", True) else set()
    wanted |= {"beta"} if settings.get("center", True) else set()
    shapes = {v.shape for v in variables.values()}
    if settings.get("axis", -1) not in (-1, x.ndim - 1) or set(variables) != wanted or shapes != {x.shape[-1:]}:
        raise NotPlainError
    factor = 1 / np.sqrt(variables["moving_variance"] + np.float32(settings.get("epsilon", 1e-3)))
    factor = factor * variables.get("gamma", np.float32(1))
    shift: Array = variables.get("beta", np.float32(0)) - variables["moving_mean"] * factor
    return x * factor + shift


def _sigmoid(x: Array) -> Array:
    """Exact at both ends: neither overflows nor rounds small values to 0."""
    small = np.exp(-np.abs(x))
    shares: Array = np.where(x >= 0, np.float32(1), small) / (1 + small)
    return shares


def _softmax(x: Array) -> Array:
    powers = np.exp(x - x.max(axis=-1, keepdims=True))
    shares: Array = powers / powers.sum(axis=-1, keepdims=True)
    return shares


ACTIVATIONS: Mapping[str, Callable[[Array], Array]] = {
    "linear": lambda x: x,
    "relu": lambda x: np.maximum(x, 0),
    "sigmoid": _sigmoid,
    "softmax": _softmax,
    "tanh": np.tanh,
}
LAYERS: Mapping[str, Callable[[Array, Mapping[str, Any], Mapping[str, Array]], Array]] = {
    **{name: lambda x, _, __: x for name in IDLE},
    "Activation": _activation,
    "BatchNormalization": _batch_normalization,
    "Dense": _dense,
    "Flatten": _flatten,
}
