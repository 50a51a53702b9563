"""One trace of the training step for all networks that are built and compiled alike.

Who trains from several starts, or at several rates, has TensorFlow trace the same step again for each network: 120 ms,
as much as a hundred epochs on four rows take. The graph depends on the variables only as inputs, so that of the first
network is called with those of the next. Only what leaves no other trace of its tracing is shared: plain layers, losses
and metrics, which draw no name, warn of nothing and cannot fail where the shapes are right. For data of another shape the
network's own step is traced, for the first shape too, as Keras would have.
"""

# ruff: noqa: SLF001, PLC0415 - it works on Keras' inside, and must not load it before it is asked to
from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from grader.engine import fastfit_build

Step = Callable[[Any], Any]
Key = tuple[Any, ...]
_MOST_KEPT = 32
_MOST_NUMBERS = 1 << 20  # in the variables of one network: those of the first are kept alive
_LAYERS = frozenset({
    "InputLayer", "Dense", "Activation", "ReLU", "LeakyReLU", "ELU", "Softmax", "Dropout", "GaussianNoise", "Flatten",
    "Reshape", "Rescaling", "BatchNormalization", "Conv2D", "MaxPooling2D", "AveragePooling2D", "GlobalAveragePooling2D",
})  # fmt: skip
_OPTIMIZERS = frozenset({"SGD", "RMSprop", "Adam", "AdamW", "Adagrad", "Adadelta", "Adamax", "Nadam"})
_LOSSES = frozenset({
    "mse", "mean_squared_error", "mae", "mean_absolute_error", "binary_crossentropy", "categorical_crossentropy",
})  # fmt: skip
_METRICS = frozenset({"acc", "accuracy", "binary_accuracy", "categorical_accuracy", *_LOSSES})
_OF_A_LAYER = frozenset({"name", "_path", "_parent_path"})  # what differs between layers that are alike
_OF_AN_OPTIMIZER = frozenset({"name"})
_NAMES = frozenset({"name", "keras_history", "input_layers", "output_layers"})  # where a config names a layer


@dataclass(frozen=True)
class _Traced:
    """A graph, and which of a network's variables are its inputs, in order."""

    graph: Any  # a ConcreteFunction
    inputs: tuple[int, ...]


class Traces:
    """Those of this process."""

    def __init__(self) -> None:
        self._known: dict[Key, _Traced] = {}

    def shared(self, model: Any, own: Step) -> Step:
        """A step for ``model``, in place of its ``own``, which Keras has just made and not called yet."""
        step: Step | None = None

        def function(iterator: Any) -> Any:
            nonlocal step
            if step is None:
                step = self._step(model, own, iterator)
            return step(iterator)

        function.__module__ = own.__module__
        return function

    def _step(self, model: Any, own: Step, iterator: Any) -> Step:
        """What serves ``model`` from its first batch on: everything is built by now."""
        traceable = _inside(own)
        try:
            key = _key(model, iterator) if traceable is not None else None
        except TypeError:  # a setting that cannot be written down, as a number of NumPy's
            key = None
        if key is None:
            return own
        known = self._known.get(key)
        if known is None:
            return self._first(key, model, own)
        variables = _variables(model)
        return _borrowed(known.graph, [variables[i]._value.handle for i in known.inputs], iterator, own, traceable)

    def _first(self, key: Key, model: Any, own: Step) -> Step:
        """The network's own step; once it is traced, others can have it."""
        called = False

        def step(iterator: Any) -> Any:
            nonlocal called
            result = own(iterator)
            if not called:
                called = True
                traced = _traced(model, own)
                if traced is not None and len(self._known) < _MOST_KEPT:
                    self._known[key] = traced
            return result

        return step


def _borrowed(graph: Any, variables: list[Any], first: Any, own: Step, traceable: Any) -> Step:
    """Calls ``graph`` with these variables, as long as the data look as in ``first``; then goes on with ``own``."""
    import tensorflow as tf

    spec = first._type_spec
    last, stays = first, True

    def step(iterator: Any) -> Any:
        nonlocal last, stays
        if stays and iterator is not last:
            last, stays = iterator, getattr(iterator, "_type_spec", None) == spec
            if not stays:
                traceable.get_concrete_function(spec)
        if not stays or tf.config.functions_run_eagerly():
            return own(iterator)
        result = graph._call_flat([iterator._iterator_resource], variables)
        if not result.has_value():
            raise StopIteration
        return result.get_value()

    return step


def _traced(model: Any, own: Step) -> _Traced | None:
    """The graph that ``own`` has now, where it takes nothing but variables of ``model``."""
    graphs = _inside(own)._list_all_concrete_functions()
    if len(graphs) != 1:
        return None
    numbers = {id(v._value.handle): i for i, v in enumerate(_variables(model))}
    inputs = [numbers.get(id(one)) for one in graphs[0].captured_inputs]
    return None if None in inputs else _Traced(graphs[0], tuple(i for i in inputs if i is not None))


def _inside(own: Step) -> Any:
    """The tf.function in a step of Keras' making; None where it has none."""
    import tensorflow as tf

    code, cells = getattr(own, "__code__", None), getattr(own, "__closure__", None) or ()
    held = dict(zip(code.co_freevars, cells, strict=True)) if code else {}
    found = held["multi_step_on_iterator"].cell_contents if "multi_step_on_iterator" in held else None
    return found if isinstance(found, tf.types.experimental.PolymorphicFunction) else None


def _layers(model: Any) -> list[Any]:
    return [layer for layer in model._flatten_layers() if layer is not model]


def _variables(model: Any) -> list[Any]:
    """All that a training step may read or write, in an order that is the same for networks that are alike."""
    of_metrics = [v for metric in model.metrics for v in metric.variables]
    return list({id(v): v for v in (*model.variables, *model.optimizer.variables, *of_metrics)}.values())


def _key(model: Any, iterator: Any) -> Key | None:
    """All that the graph follows from; None where more might play a part."""
    import keras

    spec = getattr(iterator, "_type_spec", None)
    if spec is None or not _simple_batches(iterator) or not _simple(model):
        return None
    variables = [(str(v.shape), v.dtype, v.trainable) for v in _variables(model)]
    layers = [_look(layer, _OF_A_LAYER) for layer in _layers(model)]
    settings = keras.config.floatx(), keras.config.epsilon(), keras.config.image_data_format()
    optimizer = type(model.optimizer).__name__, _look(model.optimizer, _OF_AN_OPTIMIZER)
    compiled = (
        model._compile_loss._user_loss,
        tuple(model._compile_metrics._user_metrics or ()) if model._compile_metrics else (),
    )
    return spec, _structure(model), tuple(layers), tuple(variables), optimizer, compiled, settings


def _simple_batches(iterator: Any) -> bool:
    import tensorflow as tf

    parts = getattr(iterator, "element_spec", None)
    return isinstance(parts, tuple) and len(parts) in (2, 3) and all(isinstance(p, tf.TensorSpec) for p in parts)


def _simple(model: Any) -> bool:
    """Of parts that are known to leave no trace, with everything built."""
    loss, metrics, optimizer = model._compile_loss, model._compile_metrics, model.optimizer
    if loss is None or optimizer is None or not (model.built and loss.built and optimizer.built):
        return False
    if not _told_by_its_numbers(optimizer):
        return False
    return (
        fastfit_build.plain(model)
        and fastfit_build.steps_as_keras(model)
        and not (model.jit_compile or model.steps_per_execution != 1 or loss._user_loss_weights)
        and type(optimizer).__name__ in _OPTIMIZERS
        and all(type(layer).__name__ in _LAYERS for layer in _layers(model))
        and type(loss._user_loss) is str
        and loss._user_loss in _LOSSES
        and _all_named(metrics)
        and all(v.constraint is None and v.regularizer is None for v in model.variables)
        and sum(v._value.shape.num_elements() for v in _variables(model)) <= _MOST_NUMBERS
    )


def _told_by_its_numbers(optimizer: Any) -> bool:
    """Whether plain attributes say all that its step computes: a schedule's numbers, and names of weights, stand elsewhere."""
    import keras

    set_apart = ("_exclude_from_weight_decay", "_exclude_from_weight_decay_pattern")
    return (
        isinstance(optimizer._learning_rate, keras.Variable)
        and not optimizer.use_ema
        and not any(getattr(optimizer, name, None) for name in set_apart)
    )


def _all_named(metrics: Any) -> bool:
    if metrics is None:
        return True
    wanted = metrics._user_metrics
    return (
        metrics.built
        and not metrics._user_weighted_metrics
        and (wanted is None or (isinstance(wanted, list) and all(type(m) is str and m in _METRICS for m in wanted)))
    )


def _structure(model: Any) -> str:
    """How the layers are connected and set, whatever they are called. Raises TypeError where that cannot be written down."""
    names = {layer.name: f"#{number}" for number, layer in enumerate(model._flatten_layers())}
    return json.dumps(_nameless(model.get_config(), names, ""))


def _nameless(config: Any, names: dict[str, str], key: str) -> Any:
    if isinstance(config, dict):
        return {k: _nameless(v, names, k) for k, v in config.items()}
    if isinstance(config, (list, tuple)):
        return [_nameless(part, names, key) for part in config]
    return names.get(config, config) if key in _NAMES and isinstance(config, str) else config


def _look(thing: Any, but: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    """What stands in an object: plain values, and of what kind everything else is."""
    plain = (bool, int, float, str, type(None))
    return tuple((k, v if isinstance(v, plain) else type(v).__name__) for k, v in vars(thing).items() if k not in but)
