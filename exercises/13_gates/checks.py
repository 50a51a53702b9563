"""Public checks of gates."""

from dataclasses import replace
from typing import Any

import numpy as np

from grader.authoring import Curve, Fairness, GradeTapeError, Show, Student, StudentModel, check, expect

POINTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=np.float32)
LABELS = {
    "OR": (0, 1, 1, 1),
    "AND": (0, 0, 0, 1),
    "NAND": (1, 1, 1, 0),
    "XOR": (0, 1, 1, 0),
    "NOR": (1, 0, 0, 0),
    "XNOR": (1, 0, 0, 1),
}
GRID = np.linspace(-0.5, 1.5, 21, dtype=np.float32)


@check(points=1)
def labels_of_or_and_and(student: Student) -> None:
    """Knows the labels of OR and AND"""
    for name in ("OR", "AND"):
        expect_labels(student.gate_labels(name), name)


@check(points=1)
def builds_one_unit(student: Student) -> None:
    """Builds a network with one layer of one unit: 2 inputs, 1 output, 3 weights"""
    model = expect.model(student.build_gate_model())
    expect.that(
        model.input_shape is None or model.input_shape[1:] == (2,),
        "input_shape",
        actual=model.input_shape,
        got=model.input_shape,
    )
    outputs = outputs_of(student, model)
    weights = weights_of(student, model)
    count = sum(w.size for w in weights)
    mistake = "no_bias" if count == 2 else "more_than_one_unit" if count > 3 else ""
    expect.that(count == 3, "weight_count", expected=3, actual=count, mistake=mistake, got=count)
    # One unit cannot be judged by what it answers untrained: so it is given a line of our own to draw.
    planted = tuple(np.full_like(w, 2.0 if w.size == 2 else -1.0) for w in weights)
    outputs = outputs_of(student, with_weights(student, model, planted))
    mistake = "softmax_over_one_unit" if np.all(outputs == 1) else ""
    expect.that(np.ptp(outputs) > 1e-6, "answers_never_change", actual=outputs, mistake=mistake)


@check(points=1)
def learns_or(student: Student, rng: np.random.Generator, show: Show, fair: Fairness) -> None:
    """Training gets OR right, from one random start as from the next"""
    expect_learned("OR", student, rng, fair, show)


@check(points=1)
def best_on_xor(student: Student, rng: np.random.Generator) -> None:
    """Knows how far a single layer gets on XOR"""
    expect_best(student.seeded(int(rng.integers(2**31))).single_layer_best("XOR"), "XOR")


def expect_labels(answer: Any, name: str) -> None:
    """The outputs of the gate, as (4,) or (4, 1)."""
    got = expect.array_of(answer)
    wanted = np.reshape(LABELS[name], (4, 1) if got.shape == (4, 1) else (4,))
    other = next((n for n, values in LABELS.items() if n != name and np.array_equal(got.ravel(), values)), "")
    parts = {"name": name, "other": other}
    expect.that(not other, "labels_of_another", expected=wanted, actual=got, mistake="another_gate", **parts)
    expect.tensor(answer, wanted, mistakes={"minus_one_for_zero": lambda: 2 * wanted - 1})


def expect_best(answer: Any, name: str) -> None:
    """The share of the four points that one line can get right."""
    best = 0.75 if name == "XOR" else 1.0
    mistakes = {
        "points_not_share": lambda: 4 * best,
        "percent_not_share": lambda: 100 * best,
        "one_training_is_not_the_best": lambda: 0.5,
        "line_cannot_do_xor": lambda: 1.0,
        "same_for_every_gate": lambda: 0.75,
    }
    expect.number(answer, best, what=name, mistakes=mistakes)


def expect_learned(
    name: str, student: Student, rng: np.random.Generator, fair: Fairness, show: Show | None = None
) -> list[StudentModel]:
    """The trained network is right in all four points, as often as [training] says. Returns the networks."""
    seen: list[np.ndarray] = []
    models: list[StudentModel] = []

    def accuracy(seed: int) -> float:
        model = expect.model(student.seeded(seed).train_gate(name, seed))
        models.append(model)
        # Asked in another order than the stub's, labels that are only recited come out wrong.
        outputs = np.roll(outputs_of(student, model, np.roll(POINTS, 1, axis=0)), -1)
        if show and not seen:
            draw(student, model, show)
        seen.append(outputs)
        return float(np.mean((outputs > 0.5) == np.array(LABELS[name])))

    fair.judge(accuracy, rng, diagnose=lambda: why_not(seen, name, weights_of(student, models[-1])))
    return models


def outputs_of(student: Student, model: StudentModel, points: np.ndarray = POINTS) -> np.ndarray:
    """What the network answers to ``points``: (n,)."""
    outputs = expect.array_of(student.predict(model, points), "output")
    if outputs.shape != (len(points),):
        expect.shape(outputs.shape, (len(points), 1), what="output")
    return outputs.ravel()


def weights_of(student: Student, model: StudentModel) -> list[np.ndarray]:
    """Kernel and bias; a network without an input shape has them since it was first asked."""
    return list(model.weights or expect.arrays(student.method(model, "get_weights"), what="get_weights()"))


def with_weights(student: Student, model: StudentModel, weights: tuple[np.ndarray, ...]) -> StudentModel:
    """The network with other weights; one that we cannot rebuild gets them in its own session."""
    if model.not_rebuildable:
        student.method(model, "set_weights", list(weights))
    return replace(model, weights=weights)


def why_not(seen: list[np.ndarray], name: str, weights: list[np.ndarray]) -> str:
    """The mistake by which no start led to the gate ``name``; "" where more training would have done."""
    if any(not np.isfinite(o).all() for o in seen):
        return "diverged"
    if all(np.all(o == 1) for o in seen):
        return "softmax_over_one_unit"
    if sum(w.size for w in weights) == POINTS.shape[1] and LABELS[name][0]:
        return "no_bias"
    biases = [w for w in weights if w.shape == (1,)]
    if biases and not any(b.any() for b in biases):  # a bias begins at 0, and any training moves it
        return "not_trained"
    others = [v for n, v in LABELS.items() if n != name]
    if any(all(np.mean((o - v) ** 2) < 0.08 for o in seen) for v in others):
        return "another_gate"
    return ""


def draw(student: Student, model: StudentModel, show: Show) -> None:
    """The trained network's answer all over the plane, and the curves of its training where it kept them."""
    grid = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)
    points = [(*point, label) for point, label in zip(POINTS, LABELS["OR"], strict=True)]
    try:
        plane = np.reshape(student.predict(model, grid), (GRID.size, GRID.size))
        show.surface("plane", GRID, GRID, plane, points)
        curves = expect.history(student.method(model, "__getattribute__", "history")).history
    except (GradeTapeError, ValueError):
        return  # a loop of their own keeps no curves, a fixed batch takes no grid: neither is wrong
    known = {"loss": "loss", "acc": "accuracy", "accuracy": "accuracy", "binary_accuracy": "accuracy"}
    roles = {"loss": "actual", "accuracy": "other"}
    kept = sorted(((known[key], y) for key, y in curves.items() if key in known), reverse=True)
    lines = [Curve(name, range(1, len(y) + 1), y, roles[name]) for name, y in kept]
    if lines:
        show.curves("training", lines, x_label="epoch", y_label="value")
