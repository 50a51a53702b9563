"""Builds a learner's model again by the grader's own Keras, and evaluates it.

Nothing of Keras' own loading is used: only constructors of known layers with checked settings are called.
Every variable is planted by an initializer that compares shapes first, so nothing larger than what was sent is made.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from grader.text import say
from grader.values import Array, StudentModel
from grader.wire_layers import LAYERS, OPERATIONS
from grader.wire_limits import Refused
from grader.wire_plan import At, Call, LayerPlan, ModelPlan

MAX_ELEMENTS = 8 * 10**6  # that a layer gives for one sample
MAX_WORK = 4 * 10**9  # multiplications for one sample
BATCH_ELEMENTS = 16 * 10**6  # of the widest layer, computed at a time


def predict(model: StudentModel, x: Any) -> Any:
    """What the model answers to ``x`` (batch first; a list or dict of arrays for several inputs), in inference mode.

    Returns one array, or a list of them for several outputs. Raises Refused as `rebuild` does.
    """
    inputs = _inputs(x)
    keras_model, widest = _kept(model)
    rows = max(1, min(1024, BATCH_ELEMENTS // widest))
    parts = [_forward(keras_model, [a[i : i + rows] for a in inputs]) for i in range(0, max(len(inputs[0]), 1), rows)]
    joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
    return joined if len(joined) > 1 else joined[0]


def _inputs(x: Any) -> list[Array]:
    if isinstance(x, Mapping):
        return [np.asarray(x[key]) for key in sorted(x)]
    if isinstance(x, (list, tuple)) and x and isinstance(x[0], np.ndarray):
        return [np.asarray(a) for a in x]
    return [np.asarray(x)]


def _forward(keras_model: Any, inputs: Sequence[Array]) -> list[Array]:
    try:
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
    if model.plan is None:
        raise Refused(model.not_rebuildable or say("it has no plan"))
    builder = _Builder(model.weights)
    try:
        return builder.model(model.plan), builder.widest
    except Refused:
        raise
    except Exception as error:
        raise _unfit(error) from error


def _unfit(error: Exception) -> Refused:
    return Refused(say("its description does not make a working model ({error})", error=type(error).__name__))


class Planted:
    """An initializer that gives the weight that was sent, and only in the shape that it has."""

    def __init__(self, array: Array) -> None:
        self.array = array

    def __call__(self, shape: Sequence[int], dtype: Any = None) -> Any:
        """The weight. Raises Refused where the layer would make a variable of another shape."""
        if tuple(shape) != self.array.shape:
            raise Refused(say("its weights do not fit its layers"))
        return self.array.astype(_numpy_dtype(dtype))


def _numpy_dtype(dtype: Any) -> npt.DTypeLike:
    name = str(getattr(dtype, "name", dtype or "float32"))
    return "float32" if name == "bfloat16" else name


class _Builder:
    """Builds one plan; keeps an eye on how much it would compute."""

    def __init__(self, weights: Sequence[Array]) -> None:
        import keras  # only a judge that rebuilds something pays for it

        self.keras = keras
        self.weights = weights
        self.widest = 1
        self.work = 0

    def model(self, plan: ModelPlan) -> Any:
        made: dict[tuple[str, int], Any] = {}
        layers = {name: self._layer(layer, made, name) for name, layer in plan.layers.items()}
        waiting = [(name, i, call) for name, layer in plan.layers.items() for i, call in enumerate(layer.calls)]
        while waiting:
            ready = [w for w in waiting if all(p in made for p in _needs(w[2]))]
            if not ready:
                raise Refused(say("its graph cannot be read"))
            for name, index, call in ready:
                args = [_filled(a, made) for a in call.args]
                made[name, index] = self._watched(layers[name](*args, **call.kwargs), plan.layers[name])
            waiting = [w for w in waiting if w not in ready]
        inputs, outputs = ([_output(place, made) for place in places] for places in (plan.inputs, plan.outputs))
        return self.keras.Model(inputs if len(inputs) > 1 else inputs[0], outputs if len(outputs) > 1 else outputs[0])

    def _layer(self, plan: LayerPlan, made: dict[tuple[str, int], Any], name: str) -> Any:
        if plan.signature is not None:
            made[name, 0] = self.keras.Input(batch_shape=plan.signature.shape, dtype=plan.signature.dtype)
            return None
        if plan.operation:
            return getattr(self.keras.ops, OPERATIONS[plan.class_name])
        if plan.model is not None:
            return self.model(plan.model)
        return self._keras_layer(plan)

    def _keras_layer(self, plan: LayerPlan) -> Any:
        known = LAYERS[plan.class_name].weights
        settings = {k: self._keras_layer(v) if isinstance(v, LayerPlan) else v for k, v in plan.settings.items()}
        arrays = {known[variable]: self.weights[index] for variable, index in plan.weights.items()}
        if plan.class_name == "Normalization":
            settings |= arrays  # it takes its statistics themselves
        else:
            settings |= {argument: self.keras_initializer(array) for argument, array in arrays.items()}
        if plan.class_name == "LSTM":
            settings["unit_forget_bias"] = False  # else it would ask for its bias in three parts
        return getattr(self.keras.layers, plan.class_name)(**settings)

    def keras_initializer(self, array: Array) -> Any:
        return Planted(array)

    def _watched(self, made: Any, plan: LayerPlan) -> Any:
        """Refuses what would need too much memory or time, before anything is computed."""
        for tensor in made if isinstance(made, (list, tuple)) else [made]:
            lengths = [int(d or 1) for d in tensor.shape[1:]]
            elements = int(np.prod(lengths, dtype=object))
            self.widest = max(self.widest, elements)
            size = sum(self.weights[i].size for i in plan.weights.values())
            self.work += size * max(1, elements // (lengths[-1] if lengths and lengths[-1] else 1))
        if self.widest > MAX_ELEMENTS or self.work > MAX_WORK:
            raise Refused(say("it would compute too much"))
        return made


def _needs(call: Call) -> list[tuple[str, int]]:
    return [(place.layer, place.call) for place in _all_places(call.args)]


def _all_places(value: Any) -> list[At]:
    if isinstance(value, At):
        return [value]
    return [place for v in value for place in _all_places(v)] if isinstance(value, (list, tuple)) else []


def _filled(value: Any, made: Mapping[tuple[str, int], Any]) -> Any:
    if isinstance(value, At):
        return _output(value, made)
    return [_filled(v, made) for v in value] if isinstance(value, list) else value


def _output(place: At, made: Mapping[tuple[str, int], Any]) -> Any:
    if (place.layer, place.call) not in made:
        raise Refused(say("its graph cannot be read"))
    tensors = made[place.layer, place.call]
    several = tensors if isinstance(tensors, (list, tuple)) else [tensors]
    if place.output >= len(several):
        raise Refused(say("its graph cannot be read"))
    return several[place.output]
