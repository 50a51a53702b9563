"""Silent bugs that a model's description shows: its layers, its loss, its optimizer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.text import Text, say
from grader.values import Dims, History, LayerInfo, StudentModel

LINEAR = (None, "linear")
CROSSENTROPIES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
CATEGORICAL = CROSSENTROPIES[1:]
ELEMENTWISE = (  # of these Keras broadcasts labels to predictions; others refuse
    "mean_squared_error", "mean_absolute_error", "mean_squared_logarithmic_error", "mean_absolute_percentage_error",
    "huber", "log_cosh", "logcosh",
)  # fmt: skip
ACCURACIES = ("accuracy", "acc", "binary_accuracy", "categorical_accuracy")
EPOCHS = 5  # a network for classes may well begin with none right
WITH_WEIGHTS = ("Dense", "Conv1D", "Conv2D", "Conv3D")
AS_LAYERS = {"ReLU": "relu", "LeakyReLU": "leaky_relu", "PReLU": "prelu", "ELU": "elu", "Softmax": "softmax"}
NO_COMPUTING = (
    "InputLayer",
    "Dropout",
    "Flatten",
    "Reshape",
    "GaussianNoise",
    "BatchNormalization",
)  # LayerNormalization divides by what it is given: it is no linear map
IN_ORDER = ("Sequential", "Functional")  # of a class of one's own only the program knows the order
HIGHEST_RATE = {"Adam": 0.5, "RMSprop": 0.5, "Nadam": 0.5, "Adamax": 1.0, "AdamW": 0.5}
AUTOMATIC = re.compile(r"([a-z0-9_]+?)(?:_\d+)?")
HIGHEST_OTHERWISE, LOWEST_RATE = 10.0, 1e-7


@dataclass(frozen=True)
class Step:
    """A layer with weights, and the activation that follows it, in the layer itself or as a layer of its own."""

    layer: LayerInfo
    activation: str | None


def of_model(model: StudentModel) -> tuple[Text, ...]:
    """An explanation for each silent bug in ``model``. Says nothing of what it cannot know, such as a layer of one's own."""
    model = replace(model, layers=_as_first_made(model.layers))
    steps = _steps(model.layers) if model.class_name in IN_ORDER and not _computes_beside(model) else []
    return tuple(text for rule in _RULES for text in rule(model, steps))


def _computes_beside(model: StudentModel) -> bool:
    """Whether something like keras.ops.maximum is done between the layers, which their list does not show."""
    if model.plan is None:
        return model.class_name == "Functional" and model.not_rebuildable is not None
    return any(layer.operation for layer in model.plan.layers.values())


def _as_first_made(layers: tuple[LayerInfo, ...]) -> tuple[LayerInfo, ...]:
    """Names that Keras gave, counted in this model alone: “dense_7” of the fourth training is “dense_1” for the learner."""
    seen: Counter[str] = Counter()
    named = []
    for layer in layers:
        kind = AUTOMATIC.fullmatch(layer.name)
        name = layer.name
        if kind and kind[1].replace("_", "") == layer.class_name.casefold():
            name = f"{kind[1]}_{seen[kind[1]]}" if seen[kind[1]] else kind[1]
            seen[kind[1]] += 1
        named.append(replace(layer, name=name))
    return tuple(named)


def _steps(layers: tuple[LayerInfo, ...]) -> list[Step]:
    steps: list[Step] = []
    for layer in layers:
        if layer.class_name in WITH_WEIGHTS:
            steps.append(Step(layer, layer.activation))
        elif steps and (name := _activation_of(layer)):
            steps[-1] = Step(steps[-1].layer, name)
        elif layer.class_name not in NO_COMPUTING:  # what it does is not known: nothing is said of what stands before
            steps.append(Step(layer, "unknown"))
    return steps


def _activation_of(layer: LayerInfo) -> str | None:
    return layer.activation if layer.class_name == "Activation" else AS_LAYERS.get(layer.class_name)


def _width(step: Step) -> int | None:
    return step.layer.units


def one_softmax(_: StudentModel, steps: list[Step]) -> Iterator[Text]:
    """Softmax over a single unit: always 1."""
    if steps and steps[-1].activation == "softmax" and _width(steps[-1]) == 1:
        yield say(
            "The last layer has one unit and softmax. Softmax makes the outputs of one row add up to 1, so a single output "
            "is always 1.0 and nothing can be learnt. For one output use sigmoid."
        )


def logits_twice(model: StudentModel, steps: list[Step]) -> Iterator[Text]:
    """Sigmoid or softmax, and a loss that applies it once more."""
    if model.from_logits and steps and steps[-1].activation in ("sigmoid", "softmax"):
        yield say(
            "The last layer already applies {activation}, and the loss has from_logits=True, which applies it once more. "
            "It trains, but slowly and to a wrong optimum. Leave from_logits out, or make the last layer linear.",
            activation=steps[-1].activation,
        )


def raw_outputs(model: StudentModel, steps: list[Step]) -> Iterator[Text]:
    """A cross-entropy that is given numbers which are no probabilities."""
    if model.loss not in CROSSENTROPIES or model.from_logits or not steps:
        return
    last = steps[-1].activation
    if last in (*LINEAR, "relu", "tanh"):
        wanted = "sigmoid" if model.loss == "binary_crossentropy" else "softmax"
        yield say(
            "{loss} expects probabilities, and the last layer has no {wanted}: its outputs can be below 0 and above 1. "
            "Give the last layer activation='{wanted}', or the loss from_logits=True.",
            loss=model.loss,
            wanted=wanted,
        )


def sigmoid_for_classes(model: StudentModel, steps: list[Step]) -> Iterator[Text]:
    """Sigmoid with a loss over several classes."""
    if model.loss in CATEGORICAL and steps and steps[-1].activation == "sigmoid":
        if _width(steps[-1]) == 1:
            yield say(
                "{loss} is for several classes, and the last layer has one sigmoid unit: the loss is 0 or constant whatever "
                "the network answers. For yes or no use binary_crossentropy.",
                loss=model.loss,
            )
        else:
            yield say(
                "{loss} expects probabilities of one class among several, which add up to 1; sigmoid outputs do not. "
                "Use softmax in the last layer.",
                loss=model.loss,
            )


def no_activation_between(_: StudentModel, steps: list[Step]) -> Iterator[Text]:
    """Two linear layers in a row are one linear layer."""
    if any(step.activation == "unknown" for step in steps):  # such as one that joins two branches
        return
    for before, first, second in zip([None, *steps], steps, steps[1:], strict=False):
        if _narrow(before, first, second):
            continue
        if first.activation in LINEAR and second.layer.class_name in WITH_WEIGHTS:
            yield say(
                "There is no activation between “{first}” and “{second}”. Two linear layers in a row can do no more than one: "
                "give the first an activation such as relu or tanh.",
                first=first.layer.name,
                second=second.layer.name,
            )


def _narrow(before: Step | None, first: Step, second: Step) -> bool:
    """Whether it is the bottleneck of an autoencoder, which is linear on purpose."""
    wide = _width(before) if before else None
    middle, after = _width(first), _width(second)
    return bool(wide and middle and after and middle < min(wide, after))


def frozen(model: StudentModel, _: list[Step]) -> Iterator[Text]:
    """A layer that does not learn."""
    for layer in model.layers:
        network = layer.class_name in IN_ORDER  # trained before, as one takes it over whole
        if not layer.trainable and layer.param_count and model.optimizer is not None and not network:
            yield say(
                "The layer “{name}” has trainable=False: its {count} weights stay as they are during training. "
                "That is meant for a layer that was trained before.",
                name=layer.name,
                count=layer.param_count,
            )


def learning_rate(model: StudentModel, _: list[Step]) -> Iterator[Text]:
    """One with which nothing can be learnt."""
    optimizer = model.optimizer
    rate = optimizer.learning_rate if optimizer else None
    if optimizer is None or rate is None or isinstance(optimizer.config.get("learning_rate"), Mapping):
        return  # of a schedule, which may well have come to 0, nothing is said
    highest = HIGHEST_RATE.get(optimizer.class_name, HIGHEST_OTHERWISE)
    if rate > highest:
        yield say(
            "The learning rate of {optimizer} is {rate}. Above about {highest} its steps jump over every minimum; "
            "usual are 0.001 to 0.1.",
            optimizer=optimizer.class_name,
            rate=f"{rate:g}",
            highest=f"{highest:g}",
        )
    elif rate < LOWEST_RATE:
        yield say(
            "The learning rate of {optimizer} is {rate}: the weights hardly move. Usual are 0.001 to 0.1.",
            optimizer=optimizer.class_name,
            rate=f"{rate:g}",
        )


def labels_broadcast(model: StudentModel, _: list[Step]) -> Iterator[Text]:
    """Labels of two columns against one output: subtracted, each output meets both."""
    if model.loss not in ELEMENTWISE or len(model.label_shapes) != 2:  # noqa: PLR2004 - labels and predictions
        return
    labels, answers = model.label_shapes
    if len(labels) != len(answers) or labels[1:] == answers[1:]:
        return
    pairs = [(a, b) for a, b in zip(labels[1:], answers[1:], strict=True) if a != b]
    if all(1 in pair for pair in pairs):
        yield say(
            "It was trained with labels of shape {labels}, and its outputs have the shape {outputs}. {loss} does not complain: it "
            "broadcasts them, so every output is compared with several labels, and the loss is not 0 even for perfect answers. "
            "Give the labels one column for each output.",
            labels=_shown(labels),
            outputs=_shown(answers),
            loss=model.loss,
        )


def _shown(dims: Dims) -> str:
    return f"({', '.join('n' if d is None else str(d) for d in dims)})"


def of_history(history: History) -> tuple[Text, ...]:
    """Accuracy counts equal numbers; one of 0 in every epoch, while the loss falls, is that of a regression."""
    losses = history.history.get("loss", [])
    accuracies = next((history.history[name] for name in ACCURACIES if name in history.history), [])
    if len(accuracies) < EPOCHS or len(losses) < EPOCHS or max(accuracies) > 0 or not losses[-1] < losses[0]:
        return ()
    text = say(
        "The loss falls, and the accuracy is 0 in every epoch. Accuracy counts answers that are exactly right, and those of a "
        "regression never are. Look at the loss, or use metrics=['mae']."
    )
    return (text,)


_RULES: tuple[Callable[[StudentModel, list[Step]], Iterator[Text]], ...] = (
    one_softmax, logits_twice, raw_outputs, sigmoid_for_classes, no_activation_between, frozen, learning_rate,
    labels_broadcast,
)  # fmt: skip
