"""A Keras model as a description: layers with plain settings, the graph between them, weights, how it was compiled.

What the grader's side admits and builds from it is its business (``grader/wire/layers.py``); this side only tells.
"""

from __future__ import annotations

import builtins
from sys import modules as loaded
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings

from numpy import asarray

from grader.engine.probe_export import Exporter, TooBigError, Tree, Writer
from grader.engine.probe_tensors import write_variable
from grader.engine.probe_text import clean, type_name
from grader.engine.probe_training import MAX_SETTINGS, NAME_CHARS, compiled, plain, write_history
from grader.engine.probe_values import array_node

if TYPE_CHECKING:
    from collections.abc import Iterable

globals()["__builtins__"] = dict(vars(builtins))  # ours stay what they are when a learner replaces one

NESTED_MODELS = 4
MAX_LAYERS = 500
ACTIVATION_SETTINGS = ("activation", "recurrent_activation")
ACTIVATIONS = (
    "celu", "elu", "exponential", "gelu", "hard_sigmoid", "hard_silu", "hard_swish", "leaky_relu", "linear",
    "log_softmax", "mish", "relu", "relu6", "selu", "sigmoid", "silu", "softmax", "softplus", "softsign", "swish", "tanh",
)  # fmt: skip
SAME_IN_TENSORFLOW = (
    "elu", "leaky_relu", "relu", "relu6", "selu", "sigmoid", "silu", "softmax", "softplus", "softsign", "swish", "tanh",
)  # fmt: skip


def keras_writers() -> dict[type, Writer]:
    """Empty where Keras was not imported."""
    keras = loaded.get("keras")
    if keras is None or not hasattr(keras, "Model"):
        return {}
    return {
        keras.Model: write_model,
        keras.callbacks.History: write_history,
        keras.Variable: write_variable("KerasVariable"),
    }


def write_model(out: Exporter, value: Any, _: int) -> Tree:
    """The description of a model; what cannot be read of it is left out."""
    with catch_warnings(action="ignore"):
        return _ModelWriter(out, value).node()


class _ModelWriter:
    """Describes one model and those nested in it."""

    def __init__(self, out: Exporter, model: Any) -> None:
        self.out = out
        self.model = model
        self.keras = loaded["keras"]
        self.known = _activations()
        self.layers = 0
        self.weights = list(model.weights) if model.built else []
        self.index = {id(w): i for i, w in enumerate(self.weights)}

    def node(self) -> Tree:
        """The model as it crosses."""
        trainable = {id(w) for w in self.model.trainable_weights} if self.weights else set()
        return self.out.node(
            "model",
            id=self.out.keep(self.model),
            type=type_name(self.model),
            weights=self._weight_nodes(),
            param_count=sum(_size(w) for w in self.weights),
            trainable_count=sum(_size(w) for w in self.weights if id(w) in trainable),
            compiled=compiled(self.out, self.model),
            model=self._body(self.model, 1),
        )

    def _weight_nodes(self) -> Tree:
        """All of them, or None where they are too large."""
        arrays = [asarray(w.numpy()) for w in self.weights]
        if not self.out.fits(sum(a.size * max(a.dtype.itemsize, 4) for a in arrays)):
            return None
        return [array_node(self.out, a) for a in arrays]

    def _body(self, model: Any, depth: int) -> Tree:
        """A model as a graph of layers; of a nested one, the same again."""
        style = self._style(model)
        nodes, inputs, outputs = self._graph(model, style)
        return {
            "style": style,
            "class": clean(type(model).__name__)[:NAME_CHARS],
            "name": clean(str(model.name))[:NAME_CHARS],
            "built": bool(model.built),
            "inputs": _signature(model, "inputs"),
            "outputs": _signature(model, "outputs"),
            "layers": [
                self._layer(layer, nodes.get(layer.name), depth)
                for layer in (model.operations if style == "Functional" else model.layers)
            ],
            "input_layers": inputs,
            "output_layers": outputs,
        }

    def _style(self, model: Any) -> str:
        """Only Keras' own classes count: a subclass may compute anything."""
        functional = loaded.get("keras.src.models.functional")
        if type(model) is self.keras.Sequential:
            return "Sequential"
        return "Functional" if functional is not None and type(model) is functional.Functional else "subclass"

    def _graph(self, model: Any, style: str) -> tuple[dict[str, Tree], Tree, Tree]:
        if style != "Functional":
            return {}, None, None
        try:
            config = model.get_config()
        except Exception:  # a layer of the learner's own need not have a config
            return {}, None, None
        nodes = {layer["name"]: plain(self.out, layer["inbound_nodes"]) for layer in config["layers"]}
        return nodes, plain(self.out, config["input_layers"]), plain(self.out, config["output_layers"])

    def _layer(self, layer: Any, nodes: Tree, depth: int) -> Tree:
        self.layers += 1
        if self.layers > MAX_LAYERS:
            raise TooBigError
        nested = isinstance(layer, self.keras.Model) and depth < NESTED_MODELS
        module = str(type(layer).__module__)
        weights = list(getattr(layer, "weights", ()))
        return {
            "class": clean(type(layer).__name__)[:NAME_CHARS],
            "own": not (module == "keras" or module.startswith("keras.src.")),
            "operation": module.startswith("keras.src.ops."),
            "name": clean(str(layer.name))[:NAME_CHARS],
            "trainable": bool(getattr(layer, "trainable", False)),
            "activations": {key: self._activation(getattr(layer, key, None)) for key in ACTIVATION_SETTINGS},
            "config": self._config(layer),
            "input": _layer_shape(layer, "input"),
            "output": _layer_shape(layer, "output"),
            "param_count": sum(_size(w) for w in weights),
            "weight_shapes": [list(map(int, w.shape)) for w in weights][:MAX_SETTINGS],
            "weights": [[clean(str(w.name))[:NAME_CHARS], self.index.get(id(w))] for w in weights][:MAX_SETTINGS],
            "nodes": nodes,
            "model": self._body(layer, depth + 1) if nested else None,
        }

    def _config(self, layer: Any) -> Tree:
        if isinstance(layer, self.keras.Model):
            return {}
        try:
            config = layer.get_config()
        except Exception:  # a layer of the learner's own need not have a config
            return {}
        return plain(self.out, config) if type(config) is dict else {}

    def _activation(self, function: Any) -> Tree:
        """{"name"} of one of Keras' functions, {"layer", "config"} of a layer used as one, else {"own": name}.

        Found by identity: a learner's own function may well be called relu.
        """
        if function is None:
            return None
        if id(function) in self.known:
            return {"name": self.known[id(function)]}
        if isinstance(function, self.keras.layers.Layer) and str(type(function).__module__).startswith("keras.src."):
            return {"layer": clean(type(function).__name__)[:NAME_CHARS], "config": self._config(function)}
        return {"own": clean(str(getattr(function, "__name__", type_name(function))))[:NAME_CHARS]}


def _activations() -> dict[int, str]:
    found = {}
    nn = getattr(loaded.get("tensorflow"), "nn", None)
    for home, names in ((loaded["keras"].activations, ACTIVATIONS), (nn, SAME_IN_TENSORFLOW)):
        found.update({id(getattr(home, name)): name for name in names if hasattr(home, name)})
    math = getattr(loaded.get("tensorflow"), "math", None)
    found.update({id(getattr(math, name)): name for name in ("sigmoid", "tanh", "softplus") if hasattr(math, name)})
    return found


def _size(weight: Any) -> int:
    size = 1
    for length in weight.shape:
        size *= int(length)
    return size


def dims(shape: Iterable[Any]) -> list[Any]:
    """A shape whose first axis, the batch, is left open."""
    lengths = [None if d is None else int(d) for d in shape]
    return [None, *lengths[1:]] if lengths else []


def _signature(model: Any, side: str) -> Tree:
    """[{"shape", "dtype", "name"}, ...] of the inputs or outputs; None where they are not known."""
    try:
        return [
            {"shape": dims(t.shape), "dtype": str(t.dtype)[:40], "name": clean(str(t.name))[:NAME_CHARS]}
            for t in getattr(model, side)
        ]
    except Exception:
        return None


def _layer_shape(layer: Any, side: str) -> Tree:
    """Of the only input or output of a layer; None where there is none or several."""
    try:
        return dims(getattr(layer, side).shape)
    except Exception:  # in a subclassed model, layers know only what they were built for
        return _built_shape(layer, side)


def _built_shape(layer: Any, side: str) -> Tree:
    try:
        built = layer._build_shapes_dict["input_shape"]  # noqa: SLF001 - Keras has no public name for it
        return dims(built if side == "input" else layer.compute_output_shape(built))
    except Exception:  # never built, or a layer of the learner's own
        return None
