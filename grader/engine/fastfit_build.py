"""Makes losses, metrics and the optimizer of a plain model before its training step is traced.

Keras makes their variables inside the first trace, which TensorFlow then throws away and traces again. Made before, in
the same order and under the same names, one trace is enough. Where code that is not Keras' own runs in the trace,
it could tell how often it was called: there Keras goes its own way. One thing differs: where the very first trace fails,
Keras leaves variables of a graph that is lost, and here they are whole; the error is the same.
"""

# ruff: noqa: SLF001, PLC0415 - it works on Keras' inside, and must not load it before it is asked to
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_STRANGE_LAYERS = frozenset({"Lambda", "TFSMLayer", "ActivityRegularization"})
_STEP_MAKERS = ("_make_function", "make_train_function", "make_test_function")
_PARTS_OF_A_STEP = (
    "train_step", "test_step", "call", "__call__", "compute_loss", "_compute_loss", "compute_metrics",
    "get_metrics_result", "reset_metrics", "build", *_STEP_MAKERS,
)  # fmt: skip
_THEIRS = ("keras.", "tensorflow.")


def steps_as_keras(model: Any) -> bool:
    """Whether a step of this model takes one batch from its iterator: nobody made the function of the step himself."""
    made = [model.__dict__.get(name) for name in ("train_function", "test_function")]
    return all(f is None or _of_keras(f) for f in made) and all(
        _of_keras(getattr(type(model), name)) and name not in model.__dict__ for name in _STEP_MAKERS
    )


def build(model: Any, spec: Any) -> None:
    """Builds loss and metrics of a plain ``model`` with one output; ``spec`` is that of its batches."""
    from keras.src import tree

    if not isinstance(spec, tuple) or len(spec) not in (2, 3) or not _losses_to_build(model) or not plain(model):
        return
    if tree.is_nested(spec[1]):
        return
    try:
        _build(model, *spec[:2])
    except Exception:  # of whatever is wrong, the trace will tell as Keras does, and what is wrong first, first
        return


def _build(model: Any, x: Any, y: Any) -> None:
    from keras.src import backend, ops, tree
    from keras.src.models.sequential import Sequential

    if not model.built and type(model) is Sequential and not tree.is_nested(x):
        model.build(tuple(x.shape))  # a Sequential without an input takes that of its first batch
    graph = getattr(model, "_functional", model)  # of a Sequential, it is inside
    if not model.built or graph is None or tree.is_nested(outputs := graph._outputs_struct):
        return
    true, predicted = (backend.KerasTensor(part.shape, backend.standardize_dtype(part.dtype)) for part in (y, outputs))
    with ops.name_scope(model._compile_loss.name):
        model._compile_loss.build(true, predicted)
    if model._compile_metrics is not None and not model._compile_metrics.built:
        model._compile_metrics.build(true, predicted)


def build_optimizer(model: Any) -> None:
    """Builds the optimizer of a plain model whose loss was built; called before a training only."""
    from keras.src import backend

    optimizer = model.optimizer
    if optimizer is None or optimizer.built or model._compile_loss is None or not model._compile_loss.built:
        return
    if model.trainable_weights and plain(model):
        with backend.name_scope(optimizer.name, caller=optimizer):
            optimizer.build(list(model.trainable_weights))
        optimizer.built = True


def _losses_to_build(model: Any) -> bool:
    return model._compile_loss is not None and not model._compile_loss.built


def plain(model: Any) -> bool:
    """A model of Keras' own layers, losses and metrics, compiled without anything special, and nothing of it replaced."""
    from keras.src.models.functional import Functional
    from keras.src.models.sequential import Sequential

    layers = list(model._flatten_layers())
    return (
        type(model) in (Functional, Sequential)
        and model._distribute_strategy is None
        and not model.run_eagerly
        and _of_keras(type(model.optimizer))
        and _of_keras(getattr(model.optimizer, "_learning_rate", None))
        and all(type(one).__name__ not in _STRANGE_LAYERS and _untouched(one) for one in layers)
        and all(_named(wanted) for wanted in _wanted(model))
    )


def _wanted(model: Any) -> Iterable[Any]:
    """Losses and metrics as they were given to compile."""
    yield getattr(model._compile_loss, "_user_loss", None)
    yield getattr(model._compile_metrics, "_user_metrics", None)
    yield getattr(model._compile_metrics, "_user_weighted_metrics", None)


def _untouched(layer: Any) -> bool:
    """Of Keras' own class, and nothing callable in it or in its class is a learner's: activation, call, regularizer."""
    kind = type(layer)
    methods = [getattr(kind, name) for name in _PARTS_OF_A_STEP if callable(getattr(kind, name, None))]
    return (
        _of_keras(kind) and all(map(_of_keras, methods)) and all(map(_of_keras, filter(callable, vars(layer).values())))
    )


def _of_keras(thing: Any) -> bool:
    """A function or class, or an object of a class, that Keras or TensorFlow brings."""
    module = getattr(thing, "__module__", None) or type(thing).__module__
    return str(module).startswith(_THEIRS)


def _named(wanted: Any) -> bool:
    """Losses and metrics by name, or objects of Keras' own; no functions of the learner's."""
    from keras.src import tree

    return all(one is None or isinstance(one, str) or _of_keras(one) for one in tree.flatten(wanted))
