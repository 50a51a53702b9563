"""Builds a learner's model again by the grader's own Keras, and evaluates it (the plainest ones by NumPy).

Nothing of Keras' own loading is used: only constructors of known layers with checked settings are called.
Every variable is planted by an initializer that compares shapes first, so nothing larger than what was sent is made.
"""

from __future__ import annotations

import functools
import importlib
import math
import warnings
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.engine import fastfit
from grader.text import say
from grader.wire import by_numpy
from grader.wire.graph import At, no_graph
from grader.wire.layers import LAYERS, OPERATIONS
from grader.wire.limits import Refused
from grader.wire.plan import LayerPlan, ModelPlan

if TYPE_CHECKING:
    from grader.values import Array, Dims, StudentModel

MAX_ELEMENTS = 8 * 10**6  # that a layer gives for one sample
MAX_WORK = 4 * 10**9  # multiplications for one sample
MAX_CALLS = 1_000  # of layers, each of which Keras builds in some milliseconds
MAX_ROWS = 1024
BATCH_ELEMENTS = 16 * 10**6  # of the widest layer, computed at a time


def predict(model: StudentModel, x: Any) -> Any:
    """What the model answers to ``x`` (batch first; a list or dict of arrays for several inputs), in inference mode.

    Returns one array, or a list of them for several outputs.
    Raises Refused as `rebuild` does, and where the model does not take inputs of this shape.
    """
    plan, inputs = _plan(model), _inputs(x)
    _demand_shapes(inputs, plan)
    answers = by_numpy.answer(plan, model.weights, inputs)
    if answers is None:
        answers = _by_keras(model, inputs)
    return answers if len(answers) > 1 else answers[0]


def _by_keras(model: StudentModel, inputs: Sequence[Array]) -> list[Array]:
    keras_model, widest = _kept(model)
    rows = max(1, min(MAX_ROWS, BATCH_ELEMENTS // widest))
    starts = range(0, max(len(inputs[0]), 1), rows)
    parts = [_forward(keras_model, [a[i : i + rows] for a in inputs]) for i in starts]
    return [np.concatenate(columns) for columns in zip(*parts, strict=True)]


def _plan(model: StudentModel) -> ModelPlan:
    if model.plan is None:
        raise Refused(model.not_rebuildable or say("it has no plan"))
    return model.plan


def _inputs(x: Any) -> list[Array]:
    if isinstance(x, Mapping):
        return [np.asarray(x[key]) for key in sorted(x)]
    if isinstance(x, (list, tuple)) and x and hasattr(x[0], "__array__"):
        return [np.asarray(a) for a in x]
    return [np.asarray(x)]


def _demand_shapes(inputs: Sequence[Array], plan: ModelPlan) -> None:
    signatures = [plan.layers[place.layer].signature for place in plan.inputs if place.layer in plan.layers]
    wanted = [s.shape for s in signatures if s is not None]
    given = [a.shape for a in inputs]
    if len(wanted) != len(given) or not all(map(_fits, given, wanted)):
        shapes = {"wanted": ", ".join(map(str, wanted)), "given": ", ".join(map(str, given))}
        raise Refused(say("the model takes inputs of shape {wanted}; it was asked with {given}", **shapes))


def _fits(given: Dims, wanted: Dims) -> bool:
    return len(given) == len(wanted) and all(w in (None, g) for g, w in zip(given[1:], wanted[1:], strict=True))


def _forward(keras_model: Any, inputs: Sequence[Array]) -> list[Array]:
    try:
        with warnings.catch_warnings(action="ignore"):
            made = keras_model(list(inputs) if len(inputs) > 1 else inputs[0], training=False)
    except Exception as error:
        raise _unfit(error) from error
    return [np.asarray(part) for part in (made if isinstance(made, (list, tuple)) else [made])]


def rebuild(model: StudentModel) -> Any:
    """A keras.Model of our own that computes what the learner's does.

    Raises Refused where there is no plan for it, or it is not what its description says.
    """
    return _build(model)[0]


@functools.lru_cache(maxsize=4)
def _kept(model: StudentModel) -> tuple[Any, int]:
    """Checks ask the same model several times; a copy given away by `rebuild` may be changed, this one never is."""
    return _build(model)


def _build(model: StudentModel) -> tuple[Any, int]:
    builder = _Builder(model.weights)
    try:
        with warnings.catch_warnings(action="ignore"):  # Keras warned whoever wrote the model already
            return builder.model(_plan(model)), builder.widest
    except Refused:
        raise
    except Exception as error:
        raise _unfit(error) from error


def _unfit(error: Exception) -> Refused:
    return Refused(say("its description does not make a working model ({error})", error=type(error).__name__))


class Planted:
    """An initializer that gives the weight that was sent, and only in the shape that it has."""

    def __init__(self, array: Array | None) -> None:
        self.array = array

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> Any:
        """The weight. Raises Refused where the layer would make a variable of another shape, or none was sent."""
        if self.array is None or tuple(shape) != self.array.shape:
            raise Refused(say("its weights do not fit its layers"))
        name = str(getattr(dtype, "name", dtype or "float32"))
        return self.array.astype("float32" if name == "bfloat16" else name)


class _Builder:
    """Builds one plan; keeps an eye on how much it would compute."""

    def __init__(self, weights: Sequence[Array]) -> None:
        self.keras = importlib.import_module("keras")  # only a judge that rebuilds something pays for it
        fastfit.apply()  # checks train what was rebuilt, from several seeds
        self.weights = weights
        self.widest = 1
        self.work = self.calls = 0

    def model(self, plan: ModelPlan) -> Any:
        """The model of a plan."""
        made: dict[tuple[str, int], list[Any]] = {}
        layers = {name: self._layer(layer) for name, layer in plan.layers.items()}
        for name, layer in plan.layers.items():
            if layer.signature is not None:
                shape, dtype = layer.signature.shape, layer.signature.dtype
                made[name, 0] = [self.keras.Input(batch_shape=shape, dtype=dtype)]
        waiting = [(name, i, call) for name, layer in plan.layers.items() for i, call in enumerate(layer.calls)]
        self.calls += len(waiting)
        if self.calls > MAX_CALLS:
            raise _too_much()
        while waiting:
            ready = [w for w in waiting if all((at.layer, at.call) in made for at in w[2].needs())]
            if not ready:
                raise no_graph()
            for name, index, call in ready:
                result = layers[name](*(_filled(a, made) for a in call.args), **call.kwargs)
                made[name, index] = self._watched(result, plan.layers[name])
            waiting = [w for w in waiting if (w[0], w[1]) not in made]
        inputs, outputs = ([_output(at, made) for at in places] for places in (plan.inputs, plan.outputs))
        return self.keras.Model(inputs if len(inputs) > 1 else inputs[0], outputs if len(outputs) > 1 else outputs[0])

    def _layer(self, plan: LayerPlan) -> Any:
        if plan.signature is not None:
            return None
        if plan.operation:
            return getattr(self.keras.ops, OPERATIONS[plan.class_name])
        return self._keras_layer(plan) if plan.model is None else self.model(plan.model)

    def _keras_layer(self, plan: LayerPlan) -> Any:
        settings = {k: self._keras_layer(v) if isinstance(v, LayerPlan) else v for k, v in plan.settings.items()}
        return getattr(self.keras.layers, plan.class_name)(**{**settings, **self._planted(plan)})

    def _planted(self, plan: LayerPlan) -> dict[str, Any]:
        """Every variable that the layer may make, so that none is made from settings alone."""
        sent = {variable: self.weights[index] for variable, index in plan.weights.items()}
        known = LAYERS[plan.class_name].weights
        if plan.class_name == "Normalization":  # it takes its statistics as they are
            return {known[variable]: array.astype("float32") for variable, array in sent.items()}
        planted: dict[str, Any] = {argument: Planted(sent.get(variable)) for variable, argument in known.items()}
        if plan.class_name == "LSTM":
            planted["unit_forget_bias"] = False  # else it would ask for its bias in three parts
        return planted

    def _watched(self, result: Any, plan: LayerPlan) -> list[Any]:
        """Refuses what would need too much memory or time, before anything is computed."""
        tensors = list(result) if isinstance(result, (list, tuple)) else [result]
        size = sum(self.weights[i].size for i in plan.weights.values())
        for tensor in tensors:
            lengths = [int(d or 1) for d in tensor.shape[1:]]
            elements = math.prod(lengths)
            self.widest = max(self.widest, elements)
            self.work += size * max(1, elements // (lengths[-1] or 1) if lengths else 1)
        if self.widest > MAX_ELEMENTS or self.work > MAX_WORK:
            raise _too_much()
        return tensors


def _too_much() -> Refused:
    return Refused(say("it would compute too much"))


def _filled(value: Any, made: Mapping[tuple[str, int], list[Any]]) -> Any:
    if isinstance(value, At):
        return _output(value, made)
    return [_filled(v, made) for v in value] if isinstance(value, list) else value


def _output(place: At, made: Mapping[tuple[str, int], list[Any]]) -> Any:
    tensors = made.get((place.layer, place.call), [])
    if place.output >= len(tensors):
        raise no_graph()
    return tensors[place.output]
