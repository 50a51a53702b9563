"""Silent bugs in models, told from their description as it crosses the wire."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from grader.silent import of_history, of_model
from grader.text import Text
from grader.values import Handle, History, LayerInfo, OptimizerInfo, StudentModel
from grader.wire.plan import LayerPlan, ModelPlan

counter = itertools.count()


def dense(units: int, activation: str | None = None, **more) -> LayerInfo:
    return LayerInfo("Dense", f"dense_{next(counter)}", units, activation, param_count=units, **more)


def layer(class_name: str, activation: str | None = None) -> LayerInfo:
    return LayerInfo(class_name, class_name.lower(), activation=activation)


def model(
    *layers: LayerInfo, loss: str | None = None, rate: float = 0.1, optimizer: str = "SGD", **more
) -> StudentModel:
    made = OptimizerInfo(optimizer, rate) if loss else None
    return StudentModel(Handle(1, "Sequential", ""), "Sequential", layers=layers, loss=loss, optimizer=made, **more)


WRONG = [
    ("always 1.0", model(dense(2, "relu"), dense(1, "softmax"))),
    ("always 1.0", model(dense(1), layer("Softmax"))),
    ("once more", model(dense(1, "sigmoid"), loss="binary_crossentropy", from_logits=True)),
    ("once more", model(dense(3), layer("Activation", "softmax"), loss="categorical_crossentropy", from_logits=True)),
    ("expects probabilities", model(dense(1), loss="binary_crossentropy")),
    ("expects probabilities", model(dense(3, "relu"), loss="sparse_categorical_crossentropy")),
    ("use binary_crossentropy", model(dense(1, "sigmoid"), loss="categorical_crossentropy")),
    ("Use softmax", model(dense(10, "sigmoid"), loss="sparse_categorical_crossentropy")),
    ("no activation between", model(dense(4), dense(1, "sigmoid"))),
    ("no activation between", model(dense(4), layer("Dropout"), dense(1, "sigmoid"))),
    ("trainable=False", model(dense(4, "relu", trainable=False), dense(1, "sigmoid"), loss="binary_crossentropy")),
    ("jump over", model(dense(1), loss="mean_squared_error", rate=3.0, optimizer="Adam")),
    ("jump over", model(dense(1), loss="mean_squared_error", rate=50.0)),
    ("compared with several labels", model(dense(1), loss="mean_squared_error", label_shapes=((None, 2), (None, 1)))),
    ("the shape (n, 3)", model(dense(3), loss="mean_absolute_error", label_shapes=((None, 1), (None, 3)))),
    ("hardly move", model(dense(1), loss="mean_squared_error", rate=1e-9)),
]
RIGHT = [
    model(dense(4, "tanh"), dense(1, "sigmoid"), loss="binary_crossentropy", metrics=("accuracy",)),
    model(dense(4), layer("Activation", "relu"), dense(3, "softmax"), loss="categorical_crossentropy"),
    model(dense(4), layer("BatchNormalization"), layer("LeakyReLU"), dense(1, "sigmoid"), loss="mean_squared_error"),
    model(dense(1), loss="binary_crossentropy", from_logits=True),
    model(dense(1), loss="mean_squared_error", metrics=("mean_absolute_error",)),
    model(dense(1, "sigmoid"), loss="mean_squared_error", metrics=("accuracy",)),
    model(dense(4), layer("MyOwn"), dense(1, "sigmoid")),
    model(dense(2, "sigmoid"), dense(1, "sigmoid"), loss="mean_squared_error", rate=1.5),
    model(dense(4, "relu", trainable=False), dense(1, "sigmoid")),
    model(),
    model(dense(1), loss="mean_squared_error", label_shapes=((None,), (None, 1))),  # Keras gives both the same rank
    model(dense(1), loss="mean_squared_error", label_shapes=((None, 1), (None, 1))),
    model(dense(3, "softmax"), loss="sparse_categorical_crossentropy", label_shapes=((None, 1), (None, 3))),
    model(dense(1), loss="mean_squared_error", metrics=("accuracy",)),
    model(dense(4), layer("LayerNormalization"), dense(1, "sigmoid")),  # which is not linear
    model(dense(32, "relu"), dense(2), dense(32, "relu"), dense(64, "sigmoid")),  # an autoencoder's bottleneck
    model(
        LayerInfo("Functional", "vgg", param_count=9, trainable=False), dense(1, "sigmoid"), loss="mean_squared_error"
    ),
    dataclasses.replace(model(dense(4), dense(1, "softmax")), class_name="MyNet"),
    dataclasses.replace(model(dense(4), dense(4), layer("Concatenate"), dense(1, "sigmoid")), class_name="Functional"),
]


@pytest.mark.parametrize(("words", "wrong"), WRONG)
def test_a_silent_bug_is_explained(words, wrong):
    (said,) = of_model(wrong)
    assert words in said.en
    assert said.ko != said.en


@pytest.mark.parametrize("right", RIGHT)
def test_a_right_model_is_left_alone(right):
    assert of_model(right) == ()


def test_several_bugs_are_all_named():
    both = dataclasses.replace(model(dense(4), dense(1, "softmax"), loss="mean_squared_error", rate=99.0))
    assert len(of_model(both)) == 3


def test_layers_are_named_as_in_the_first_network_of_a_program_whichever_training_it_is():
    linear = [model(dense(4), dense(1)) for _ in range(2)]
    (first,), (second,) = (of_model(m) for m in linear)
    assert first == second
    assert "“dense” and “dense_1”" in first.en


def test_of_a_network_that_computes_between_its_layers_nothing_is_said_of_their_order():
    linear = model(dense(4), dense(1), loss="binary_crossentropy")
    plan = ModelPlan({"maximum": LayerPlan("Maximum", operation=True)}, (), ())
    assert of_model(linear) != ()
    assert of_model(dataclasses.replace(linear, plan=plan)) == ()
    assert (
        of_model(dataclasses.replace(linear, class_name="Functional", not_rebuildable=Text.same("an operation"))) == ()
    )


def test_a_schedule_that_has_come_to_0_is_left_alone():
    right = model(dense(4, "relu"), dense(1, "sigmoid"), loss="binary_crossentropy")
    scheduled = OptimizerInfo("Adam", 0.0, {"learning_rate": {"class_name": "CosineDecay"}})
    assert of_model(dataclasses.replace(right, optimizer=scheduled)) == ()
    assert of_model(dataclasses.replace(right, optimizer=OptimizerInfo("Adam", 0.0, {"learning_rate": 0.0}))) != ()


def test_a_schedule_of_learning_rates_is_left_alone():
    scheduled = dataclasses.replace(model(dense(1)), optimizer=OptimizerInfo("SGD", None))
    assert of_model(scheduled) == ()


def test_the_accuracy_of_a_regression_is_explained():
    (said,) = of_history(History(5, {"loss": [5.0, 4.0, 3.0, 2.0, 1.0], "accuracy": [0.0] * 5}))
    assert "mae" in said.en


@pytest.mark.parametrize(
    "history",
    [
        {"loss": [3.0, 2.0, 1.0, 0.5, 0.4], "accuracy": [0.0, 0.0, 0.0, 0.0, 0.25]},
        {"loss": [1.0] * 5, "accuracy": [0.0] * 5},
        {"loss": [3.0, 2.0, 1.0, 0.5], "accuracy": [0.0] * 4},  # classes: none right yet
        {"loss": [3.0, 2.0], "accuracy": [0.0, 0.0]},
        {"loss": [3.0, 2.0, 1.0]},
        {},
    ],
)
def test_other_histories_are_left_alone(history):
    assert of_history(History(3, history)) == ()
