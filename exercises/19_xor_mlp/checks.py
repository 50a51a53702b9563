"""Public checks of xor_mlp."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from grader.authoring import (
    Chain,
    Curve,
    Fairness,
    GradeTapeError,
    Inside,
    Show,
    Student,
    StudentModel,
    chain,
    check,
    expect,
    rebuild,
    step,
)

Mistakes = Mapping[str, Callable[[], Any]]
NO_MISTAKES: Mistakes = {}
POINTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=np.float32)
LABELS = np.array([0, 1, 1, 0])
OTHER_GATES = (
    (0, 1, 1, 1), (0, 0, 0, 1), (1, 1, 1, 0), (1, 0, 0, 0), (1, 0, 0, 1),
    (0, 1, 0, 1), (0, 0, 1, 1), (1, 0, 1, 0), (1, 1, 0, 0),
)  # fmt: skip
CLASSIC = ((2, 2), (2,), (2, 1), (1,))  # kernel and bias of the hidden layer, then of the output
ACTIVATIONS: tuple[Callable[[np.ndarray], np.ndarray], ...] = (
    lambda z: np.maximum(z, 0),
    lambda z: 1 / (1 + np.exp(-z)),
    np.tanh,
)
GRID = np.linspace(-0.5, 1.5, 21, dtype=np.float32)


@check(points=1)
def has_a_hidden_layer(student: Student, rng: np.random.Generator) -> None:
    """Builds a network with a hidden layer: 2 inputs, 1 output"""
    model = expect.model(student.build_model())
    outputs_of(student, model)
    weights = weights_of(student, model)
    lack = too_small(weights)
    expect.that(lack != "one_layer", "no_hidden_layer", actual=model, mistake=lack)
    expect.that(lack != "one_hidden_unit", "one_hidden_unit", actual=model, mistake=lack)
    # By one set of weights a relu might answer 0 everywhere; by all of them only a softmax answers the same.
    seen = [outputs_of(student, with_weights(student, model, drawn(rng, weights))) for _ in range(5)]
    mistake = "softmax_over_one_unit" if np.all(np.equal(seen, 1)) else ""
    expect.that(np.ptp(seen, axis=1).max() > 0, "answers_never_change", actual=seen[0], mistake=mistake)


@check(points=1)
def learns_xor(student: Student, rng: np.random.Generator, show: Show, fair: Fairness) -> None:
    """Training gets all four points of XOR right, from most random starts"""
    expect_learned(student, rng, fair, show)


@check(points=1)
def finds_hidden_points(student: Student, rng: np.random.Generator) -> None:
    """Finds where the hidden layer puts the four points, for weights of our own"""
    model = expect.model(student.build_model())
    outputs_of(student, model)  # a network without an input shape gets its weights now
    weights = weights_of(student, model)
    for_other_weights = student.hidden_points(given(student, model, drawn(rng, weights)))
    model = given(student, model, drawn(rng, weights))
    expect_hidden_points(student.hidden_points(model), student, model, {"not_this_network": lambda: for_other_weights})


@check(points=1)
def builds_two_two_one(student: Student) -> None:
    """Builds the classic network with 2 hidden units: 9 weights"""
    model = expect.model(student.classic_network())
    outputs_of(student, model)
    weights = weights_of(student, model)
    count = sum(w.size for w in weights)
    mistake = {6: "no_bias", 3: "one_layer"}.get(count, "")
    expect.that(count == 9, "weight_count", expected=9, actual=count, mistake=mistake, got=count)
    shapes = sorted(w.shape for w in weights)
    expect.that(shapes == sorted(CLASSIC), "weight_shapes", expected=CLASSIC, actual=[w.shape for w in weights])


def expect_learned(
    student: Student, rng: np.random.Generator, fair: Fairness, show: Show | None = None
) -> list[StudentModel]:
    """The trained network is right in all four points, as often as [training] says. Returns the networks."""
    models: list[StudentModel] = []
    seen: list[np.ndarray] = []

    def accuracy(seed: int) -> float:
        models.append(expect.model(student.seeded(seed).train(seed)))
        # Asked in another order than the stub's, labels that are only recited come out wrong.
        seen.append(np.roll(outputs_of(student, models[-1], np.roll(POINTS, 1, axis=0)), -1))
        if show and len(seen) == 1:
            draw(student, models[-1], show)
        return float(np.mean((seen[-1] > 0.5) == LABELS))

    fair.judge(accuracy, rng, diagnose=lambda: why_not(student, models[-1], seen, rng))
    return models


def outputs_of(student: Student, model: StudentModel, points: np.ndarray = POINTS) -> np.ndarray:
    """What the network answers to ``points``: (n,)."""
    outputs = expect.array_of(student.predict(model, points), "output")
    if outputs.shape != (len(points),):
        expect.shape(outputs.shape, (len(points), 1), what="output")
    return outputs.ravel()


def weights_of(student: Student, model: StudentModel) -> tuple[np.ndarray, ...]:
    """All weights; a network without an input shape has them since it was first asked."""
    return tuple(model.weights or expect.arrays(student.method(model, "get_weights"), what="get_weights()"))


def drawn(rng: np.random.Generator, weights: Sequence[np.ndarray]) -> tuple[np.ndarray, ...]:
    """Other weights of the same shapes; vectors are positive, as they may be variances."""
    random = (rng.normal(size=w.shape) if w.ndim > 1 else rng.uniform(0.1, 1, size=w.shape) for w in weights)
    return tuple(np.round(w, 2).astype(np.float32) for w in random)


def with_weights(student: Student, model: StudentModel, weights: tuple[np.ndarray, ...]) -> StudentModel:
    """The network with other weights, to be asked here; one that we cannot rebuild gets them in its own session."""
    return given(student, model, weights) if model.not_rebuildable else replace(model, weights=weights)


def given(student: Student, model: StudentModel, weights: tuple[np.ndarray, ...]) -> StudentModel:
    """The network with other weights, here and in its own session."""
    student.method(model, "set_weights", list(weights))
    return replace(model, weights=weights)


def expect_hidden_points(answer: Any, student: Student, model: StudentModel, mistakes: Mistakes = NO_MISTAKES) -> None:
    """What a hidden layer of the network answers to the four points, (4, units); of several hidden layers any."""
    kernels = [w for w in model.weights if w.ndim == 2]
    expect.that(len(kernels) > 1, "no_hidden_layer", actual=model, mistake="one_layer")
    got = expect.array_of(answer)
    right = hidden_layers(model)
    if model.not_rebuildable and leads_to_outputs(student, model, got):
        right.append(got)
    wanted = next((r for r in right if r.shape == got.shape and np.allclose(got, r, rtol=1e-4, atol=1e-5)), right[-1])
    expect.tensor(
        answer,
        wanted,
        rtol=1e-4,  # sums of many products of float32
        atol=1e-5,
        mistakes={
            **mistakes,
            "outputs_not_hidden": lambda: outputs_of(student, model).reshape(-1, 1),
            "weights_not_points": lambda: kernels[0],
            "transposed": lambda: wanted.T,
        },
        steps=hidden_steps(model, wanted, student.inside),
    )


def hidden_steps(model: StudentModel, wanted: np.ndarray, inside: Inside) -> Chain | None:
    """From the four points through the first layer's sums to what the hidden layer answers; None of a later hidden layer."""
    sums = before_activation(model)
    if sums.shape != wanted.shape:
        return None
    own = next((f for f in ACTIVATIONS if np.allclose(f(sums), wanted, rtol=1e-4, atol=1e-5)), lambda _: wanted)
    bias = sums - POINTS @ next(w for w in model.weights if w.ndim == 2)
    return chain(
        {"points": POINTS},
        step("sums", "points @ kernel + bias", lambda _: sums, bias_forgotten=lambda _: sums - bias),
        step(
            "hidden",
            "activation(points @ kernel + bias)",
            lambda s: own(s.sums),
            before_activation=lambda s: s.sums,
            another_activation=tuple(lambda s, f=f: f(s.sums) for f in ACTIVATIONS if f is not own),
        ),
        inside=inside,
    )


def hidden_layers(model: StudentModel) -> list[np.ndarray]:
    """What each layer with weights is given beyond the first: the points behind each hidden layer, (4, units)."""
    import keras

    if model.not_rebuildable:  # its layers cannot be seen: any usual activation may be in it
        z = before_activation(model)
        usual = ("elu", "gelu", "leaky_relu", "selu", "silu", "softplus", "tanh", "sigmoid", "relu")
        return [np.asarray(getattr(keras.activations, name)(z)) for name in usual]
    rebuilt = rebuild(model)
    # What a layer is given straight from the inputs is no hidden point, wherever that layer stands.
    given = [layer.input for layer in rebuilt.layers if any(len(w.shape) == 2 for w in layer.weights)][1:]
    later = [t for t in given if all(t is not x for x in rebuilt.inputs)]
    expect.that(bool(later), "no_hidden_layer", actual=model, mistake="one_layer")
    # Where a hidden layer is joined with something else, such as the inputs, its own answer is right as well.
    linear = keras.activations.linear
    bent = [layer.output for layer in rebuilt.layers if getattr(layer, "activation", linear) is not linear]
    inner = [t for t in bent if all(t is not x for x in (*rebuilt.outputs, *later))]
    made = keras.Model(rebuilt.inputs, [*inner, *later])(POINTS, training=False)
    return [np.asarray(t) for t in (made if isinstance(made, (list, tuple)) else [made])]


def leads_to_outputs(student: Student, model: StudentModel, points: np.ndarray) -> bool:
    """Whether the last layer makes the network's own answers of ``points``: so they come from its hidden layer, whatever that is."""
    kernel = [w for w in model.weights if w.ndim == 2][-1]
    if points.shape != (len(POINTS), len(kernel)):
        return False
    biases = [w for w in model.weights if w.shape == kernel.shape[1:]]
    sums = np.ravel(points @ kernel) + (biases[-1] if biases else 0)
    outputs = outputs_of(student, model)
    return any(np.allclose(f(sums), outputs, rtol=1e-4, atol=1e-5) for f in (*ACTIVATIONS, lambda z: z))


def before_activation(model: StudentModel) -> np.ndarray:
    """The weighted sums of the first layer, (4, units)."""
    kernel = next(w for w in model.weights if w.ndim == 2)
    biases = [w for w in model.weights if w.shape == kernel.shape[1:]]
    return POINTS @ kernel + (biases[0] if biases else 0)


def bends(student: Student, model: StudentModel, rng: np.random.Generator) -> bool:
    """Whether the network is more than one unit could be.

    The answers of one unit rise or fall along one direction only. So on no parallelogram can both ends of one
    diagonal be higher than both ends of the other. Weights of our own make it independent of the training.
    """
    corner, u, v = rng.uniform(-3, 3, size=(3, 1500, 2)).astype(np.float32)
    points = np.concatenate([corner, corner + u + v, corner + u, corner + v])
    for _ in range(8):
        planted = with_weights(student, model, drawn(rng, weights_of(student, model)))
        a, d, b, c = outputs_of(student, planted, points).reshape(4, -1)
        gap = np.maximum(np.minimum(a, d) - np.maximum(b, c), np.minimum(b, c) - np.maximum(a, d))
        if gap.max() > 1e-3 * np.ptp([a, b, c, d]):
            return True
    return False


def why_not(student: Student, model: StudentModel, seen: Sequence[np.ndarray], rng: np.random.Generator) -> str:
    """The mistake by which no start led to XOR; "" where more training, or more units, would have done."""
    if any(not np.isfinite(o).all() for o in seen):
        return "diverged"
    if all(np.all(o == 1) for o in seen):
        return "softmax_over_one_unit"
    if any(all(np.mean((o - gate) ** 2) < 0.08 for o in seen) for gate in OTHER_GATES):
        return "another_gate"
    weights = weights_of(student, model)
    if lack := too_small(weights) or ("" if bends(student, model, rng) else "linear_stack"):
        return lack
    biases = [w for w in weights if w.ndim == 1 and not np.all(w == 1)]  # without what is a scale, and begins at 1
    # A bias begins at 0, and any training moves it.
    return "not_trained" if biases and not any(b.any() for b in biases) else ""


def too_small(weights: Sequence[np.ndarray]) -> str:
    """The mistake that shows in the shapes of the weights: no hidden layer, or one of a single unit; else ""."""
    kernels = [w for w in weights if w.ndim == 2]
    if len(kernels) < 2:
        return "one_layer"
    return "one_hidden_unit" if min(k.shape[1] for k in kernels[:-1]) == 1 else ""


def draw(student: Student, model: StudentModel, show: Show) -> None:
    """The trained network's answer all over the plane, and the curves of its training where it kept them."""
    grid = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)
    points = [(*point, label) for point, label in zip(POINTS, LABELS, strict=True)]
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
