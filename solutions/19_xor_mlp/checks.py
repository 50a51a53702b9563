"""Hidden checks of xor_mlp."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from public_checks import (
    CLASSIC,
    POINTS,
    bends,
    expect_hidden_points,
    expect_learned,
    outputs_of,
    weights_of,
    with_weights,
)

from grader.authoring import Fairness, Student, check, expect

# Unit 1 is OR, unit 2 NAND, the output AND. (The weights printed in the lecture's notes do not give XOR.)
OR_NAND_AND = (np.array([[8, -8], [8, -8]]), np.array([-4, 12]), np.array([[8], [8]]), np.array([-12]))


@check(points=1, after="has_a_hidden_layer")
def bends_the_plane(student: Student, rng: np.random.Generator) -> None:
    """The hidden layer is not linear: the network is more than one straight line"""
    model = expect.model(student.build_model())
    outputs_of(student, model)
    expect.that(bends(student, model, rng), "linear", actual=model, mistake="linear_stack")


@check(points=2, after="learns_xor")
def learns_from_other_starts(student: Student, rng: np.random.Generator, fair: Fairness) -> None:
    """The network learns XOR from other random starts, and these do differ"""
    models = expect_learned(student, rng, fair)
    first, second = (weights_of(student, model) for model in models[:2])
    now = expect.arrays(student.method(models[0], "get_weights"))
    kept = not models[0].weights or all(map(np.array_equal, first, now))
    expect.that(kept, "trained_on", mistake="same_network_again")
    same = len(first) == len(second) and all(map(np.array_equal, first, second))
    expect.that(not same, "one_start_only", mistake="one_start_only")


@check(points=1, after="finds_hidden_points")
def hidden_points_after_training(student: Student, rng: np.random.Generator) -> None:
    """Finds the hidden points of a trained network"""
    model = expect.model(student.train(int(rng.integers(1, 2**31 - 1))))
    outputs_of(student, model)
    model = replace(model, weights=weights_of(student, model))
    expect_hidden_points(student.hidden_points(model), student, model)


@check(points=2, after="builds_two_two_one")
def classic_uses_sigmoids(student: Student, rng: np.random.Generator) -> None:
    """With the right weights the classic network answers as two sigmoid layers do"""
    model = expect.model(student.classic_network())
    outputs_of(student, model)
    own = weights_of(student, model)
    shapes = sorted(w.shape for w in own)
    expect.that(shapes == sorted(CLASSIC), "weight_shapes", expected=CLASSIC, actual=shapes)
    random = tuple(rng.normal(scale=2, size=w.shape) for w in OR_NAND_AND)
    tried = (OR_NAND_AND, random, tuple(-w for w in random))  # of both signs, so that relu is not taken for linear
    answers = []
    for weights in tried:
        by_shape = {w.shape: np.float32(w) for w in weights}
        planted = with_weights(student, model, tuple(by_shape[w.shape] for w in own))
        answers.append(outputs_of(student, planted))
    layers = {
        "relu_for_sigmoid": (relu, sigmoid),
        "tanh_for_sigmoid": (np.tanh, sigmoid),
        "linear_stack": (linear, sigmoid),
        "output_is_linear": (sigmoid, linear),
    }
    mistakes = {name: lambda made=made: four_points(tried, *made) for name, made in layers.items()}
    wanted = four_points(tried, sigmoid, sigmoid)
    expect.tensor(np.stack(answers), wanted, rtol=1e-4, atol=1e-5, mistakes=mistakes)  # float32


def four_points(tried: Sequence[Sequence[np.ndarray]], hidden: Any, output: Any) -> np.ndarray:
    """What 2-2-1 networks of these weights answer to the four points: (networks, 4)."""
    return np.stack([two_layers(weights, hidden, output) for weights in tried])


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z))."""
    return 1 / (1 + np.exp(-z))


def relu(z: np.ndarray) -> np.ndarray:
    """What is positive, else 0."""
    return np.maximum(z, 0)


def linear(z: np.ndarray) -> np.ndarray:
    """The same."""
    return z


def two_layers(weights: Sequence[np.ndarray], hidden: Any, output: Any) -> np.ndarray:
    """What the 2-2-1 network answers to the four points: (4,)."""
    w1, b1, w2, b2 = weights
    return np.ravel(output(hidden(POINTS @ w1 + b1) @ w2 + b2))
