"""Public checks of batchnorm."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from grader.authoring import (
    BrokenProgram,
    Chain,
    Curve,
    Fairness,
    GradeTapeError,
    Inside,
    LimitReached,
    Show,
    Step,
    Student,
    StudentModel,
    Tensor,
    WrongAnswer,
    chain,
    check,
    expect,
    step,
)

# float32 keeps 7 digits; the mean, the difference and the root lose up to three of them.
TOLERANCE = {"rtol": 1e-4, "atol": 1e-4}
MOMENTUM = 0.9  # of the layers, as the task says
POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=np.float32)
LABELS = np.array([0, 1, 1, 0])
GATES = ((0, 0, 0, 1), (0, 1, 1, 1), (1, 1, 1, 0), (1, 0, 0, 0), (1, 0, 0, 1))
GRID = np.linspace(-0.5, 1.5, 21, dtype=np.float32)
Array = np.ndarray


@check(points=1)
def training_example(student: Student, show: Show) -> None:
    """Normalizes a small batch by its own mean and variance"""
    draw_distributions(student, show)
    # As many rows as features: a wrong axis then has the right shape, and can be named. Beside the variance of the first
    # feature even an epsilon of 1e-5 is seen.
    x = np.array([[0.1, 10, 6], [0.2, 50, 5], [0.3, 30, 1]], dtype=np.float32)
    gamma, beta = np.array([1, 2, -1], dtype=np.float32), np.array([0, 5, 3], dtype=np.float32)
    answer = student.batchnorm_training(x, gamma, beta, 1.5)
    steps = training_steps(x, gamma, beta, 1.5, student.inside)
    expect.tensor(answer, steps.result, steps=steps, **TOLERANCE)


@check(points=1)
def inference_example(student: Student) -> None:
    """Normalizes one sample by the moving averages"""
    x = np.array([[3, 10]], dtype=np.float32)
    gamma, beta = np.array([1, 2], dtype=np.float32), np.array([0, 5], dtype=np.float32)
    mean, variance = np.array([1, 6], dtype=np.float32), np.array([0.01, 2.5], dtype=np.float32)
    answer = student.batchnorm_inference(x, gamma, beta, mean, variance, 1.5)
    given = {"x": x, "gamma": gamma, "beta": beta, "moving_mean": mean, "moving_variance": variance, "epsilon": 1.5}
    steps = chain(
        given,
        step(
            "mean",
            "moving_mean",
            lambda s: s.moving_mean,
            batch_statistics=(lambda s: s.x.mean(axis=0), lambda s: s.x.mean(axis=0), lambda s: s.moving_mean),
            averages_swapped=lambda s: s.moving_variance,
            not_centred=zero,
        ),
        step(
            "variance",
            "moving_variance",
            lambda s: s.moving_variance,
            batch_statistics=(lambda s: s.x.var(axis=0), lambda s: s.moving_variance, lambda s: s.x.var(axis=0)),
            averages_swapped=lambda s: s.moving_mean,
            variance_squared=lambda s: s.moving_variance**2,
        ),
        *normalizing_steps(),
        inside=student.inside,
    )
    expect.tensor(answer, steps.result, steps=steps, **TOLERANCE)


@check(points=1)
def moving_average(student: Student, rng: np.random.Generator) -> None:
    """Moves an average towards the value of a new batch"""
    given = (np.array([2, 0], dtype=np.float32), np.array([10, -4], dtype=np.float32), 0.75)
    drawn = (*rng.normal(scale=3, size=(2, 4)).astype(np.float32), float(rng.uniform(0.8, 0.95)))
    for moving, batch_value, momentum in (given, drawn):
        answer = student.update_moving(moving, batch_value, momentum)
        steps = chain(
            {"moving": moving, "batch_value": batch_value, "momentum": momentum},
            step(
                "kept",
                "momentum * moving",
                lambda s: s.momentum * s.moving,
                momentum_swapped=lambda s: (1 - s.momentum) * s.moving,
                only_the_batch=lambda s: 0 * s.moving,
                weights_exceed_one=(lambda s: s.momentum * s.moving, lambda s: s.moving, lambda s: s.moving),
                momentum_fixed=(lambda s: 0.99 * s.moving, lambda s: 0.9 * s.moving, lambda s: 0.5 * s.moving),
                batch_forgotten=(lambda s: s.moving, lambda s: s.momentum * s.moving),
            ),
            step(
                "added",
                "(1 - momentum) * batch_value",
                lambda s: (1 - s.momentum) * s.batch_value,
                momentum_swapped=lambda s: s.momentum * s.batch_value,
                only_the_batch=(lambda s: s.batch_value, lambda s: (1 - s.momentum) * s.batch_value),
                weights_exceed_one=(
                    lambda s: s.batch_value,
                    lambda s: s.batch_value,
                    lambda s: (1 - s.momentum) * s.batch_value,
                ),
                momentum_fixed=(
                    lambda s: 0.01 * s.batch_value,
                    lambda s: 0.1 * s.batch_value,
                    lambda s: 0.5 * s.batch_value,
                ),
                batch_forgotten=lambda s: 0 * s.batch_value,
            ),
            step("answer", "kept + added", lambda s: s.kept + s.added),
            inside=student.inside,
        )
        expect.tensor(answer, steps.result, steps=steps, **TOLERANCE)


@check(points=1)
def builds_network(student: Student) -> None:
    """Builds the lecture's network: two inputs, one output, two normalizations that follow their batches"""
    model = expect.model(student.build_model(2))
    # One step with momentum 0.9 takes the averages of the inputs from 0 to a tenth of these columns' means.
    batch = np.array([[4, -2], [6, -4]], dtype=np.float32)
    answer = called(student, model, batch, training=True)
    shape = expect.array_of(answer, "output").shape
    expect.that(shape == (2, 1), "output_shape", expected=(None, 1), actual=(None, *shape[1:]), got=(None, *shape[1:]))
    weights = expect.variables(attribute(student, model, "weights"), what="weights")
    trainable = sum(w.array.size for w in weights if w.trainable)
    other = sum(w.array.size for w in weights) - trainable
    mistake = {9: "no_normalization"}.get(trainable) if not other else {4: "one_normalization"}.get(other)
    expect.that(
        (trainable, other) == (17, 8),
        "counts",
        expected=(17, 8),
        actual=(trainable, other),
        mistake=mistake or "",
        trainable=trainable,
        other=other,
    )
    moved = {k: moves(weights, batch.mean(axis=0) * (1 - k)) for k in (MOMENTUM, 0.99, 0.1)}
    mistake = "default_momentum" if moved[0.99] else "new_share_as_momentum" if moved[0.1] else ""
    expect.that(moved[MOMENTUM], "averages_do_not_follow", mistake=mistake)


@check(points=1, after=builds_network)
def learns_xor(student: Student, rng: np.random.Generator, show: Show, fair: Fairness) -> None:
    """Training gets XOR right in inference mode, from one random start as from the next"""
    seen: list[tuple[StudentModel, Array]] = []

    def accuracy(seed: int) -> float:
        model = model_in(student.seeded(seed).train(seed))
        if not seen:
            draw_training(student, model, show)
        answers = answers_of(student, model, POINTS)
        seen.append((model, answers))
        plain = model.param_count == model.trainable_count
        expect.that(not plain, "trained_without", mistake="no_normalization")
        return share_right(answers)

    fair.judge(accuracy, rng, diagnose=lambda: why_not(student, seen))


def normalized(x: Array, gamma: Any, beta: Any, mean: Any, variance: Any, epsilon: float) -> Array:
    """What batch normalization makes of x with these statistics."""
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def training_steps(x: Array, gamma: Array, beta: Array, epsilon: float, inside: Inside) -> Chain:
    """From the batch to its statistics, and from these to the answer; each with what learners typically do instead."""
    return chain(
        {"x": x, "gamma": gamma, "beta": beta, "epsilon": epsilon},
        step(
            "mean",
            "mean of each column",
            lambda s: s.x.mean(axis=0),
            each_row=(lambda s: s.x.mean(axis=1, keepdims=True), lambda s: s.x.mean(axis=1)),
            whole_batch=(lambda s: s.x.mean(), lambda s: s.x.mean(axis=0), lambda s: s.x.mean()),
            not_centred=zero,
            layer_in_inference=zero,
        ),
        step(
            "variance",
            "variance of each column",
            lambda s: s.x.var(axis=0),
            each_row=(lambda s: s.x.var(axis=1, keepdims=True), lambda s: s.x.var(axis=1)),
            whole_batch=(lambda s: s.x.var(), lambda s: s.x.var(), lambda s: s.x.var(axis=0)),
            sample_variance=lambda s: s.x.var(axis=0, ddof=1),
            deviation_for_variance=lambda s: s.x.std(axis=0),
            sum_for_mean=lambda s: s.x.var(axis=0) * len(s.x),
            layer_in_inference=lambda _: 1.0,
        ),
        *normalizing_steps(),
        inside=inside,
    )


def normalizing_steps() -> tuple[Step, ...]:
    """What training and inference have in common."""
    return (
        step("centred", "x - mean", lambda s: s.x - s.mean),
        step(
            "spread",
            "sqrt(variance + epsilon)",
            lambda s: np.sqrt(s.variance + s.epsilon),
            epsilon_outside=lambda s: np.sqrt(s.variance) + s.epsilon,
            epsilon_fixed=(lambda s: np.sqrt(s.variance + 0.001), lambda s: np.sqrt(s.variance + 1e-5)),
            no_epsilon=lambda s: np.sqrt(s.variance),
            variance_not_root=lambda s: s.variance + s.epsilon,
            not_divided=lambda _: 1.0,
        ),
        step("normalized", "(x - mean) / sqrt(variance + epsilon)", lambda s: s.centred / s.spread),
        step(
            "scaled",
            "gamma * normalized",
            lambda s: s.gamma * s.normalized,
            no_gamma_beta=lambda s: s.normalized,
            no_gamma=lambda s: s.normalized,
            gamma_beta_swapped=lambda s: s.beta * s.normalized,
            shifted_before_scaled=lambda s: s.normalized + s.beta,
        ),
        step(
            "answer",
            "gamma * normalized + beta",
            lambda s: s.scaled + s.beta,
            no_gamma_beta=lambda s: s.scaled,
            no_beta=lambda s: s.scaled,
            gamma_beta_swapped=lambda s: s.scaled + s.gamma,
            shifted_before_scaled=lambda s: s.gamma * s.scaled,
        ),
    )


def zero(_: Any) -> float:
    """Nothing is subtracted."""
    return 0.0


def called(student: Student, model: StudentModel, x: Array, *, training: bool) -> Any:
    """What the learner's own model answers in training or inference mode; the call shown stays the one before."""
    shown = student.last_call()
    answer = student.method(model, "", Tensor(x), training=training)
    student.memory.call = shown
    return answer


def attribute(student: Student, owner: StudentModel, name: str) -> Any:
    """An attribute of the learner's own object; the call shown stays the one before."""
    shown = student.last_call()
    answer = student.method(owner, "__getattribute__", name)
    student.memory.call = shown
    return answer


def moves(weights: Sequence[Tensor], wanted: Array) -> bool:
    """Whether one of the weights holds ``wanted``."""
    return any(w.shape == wanted.shape and np.allclose(w.array, wanted, atol=1e-4) for w in weights)


def model_in(answer: Any) -> StudentModel:
    """The trained network, also where its history came along with it."""
    several = answer if isinstance(answer, (list, tuple)) else [answer]
    return next((part for part in several if isinstance(part, StudentModel)), None) or expect.model(answer)


def answers_of(student: Student, model: StudentModel, points: Array) -> Array:
    """One answer for each point, in inference mode."""
    try:
        found = student.predict(model, points)
    except (LimitReached, WrongAnswer):
        raise
    except GradeTapeError:
        found = expect.array_of(called(student, model, points, training=False))
    expect.that(found.shape == (len(points), 1), "answers_shape", actual=found, got=found.shape, n=len(points))
    return np.asarray(found, dtype=float).ravel()


def share_right(answers: Array) -> float:
    """The share of the four points that lie on their side of 0.5."""
    return float(np.mean((answers > 0.5) == (LABELS > 0)))


def why_not(student: Student, seen: list[tuple[StudentModel, Array]]) -> str:
    """The mistake by which no start got XOR right; "" where more training would have done."""
    answers = [a for _, a in seen]
    if any(not np.isfinite(a).all() for a in answers):
        return "diverged"
    if all(variances_are_gone(model) for model, _ in seen):
        return "batches_of_one"
    if any(all(np.mean((a - np.array(gate)) ** 2) < 0.1 for a in answers) for gate in GATES):
        return "another_gate"
    model, _ = seen[-1]
    try:
        in_training = expect.array_of(called(student, model, POINTS, training=True)).ravel()
    except GradeTapeError:
        return ""
    return "lagging_averages" if share_right(in_training) == 1 else ""


def variances_are_gone(model: StudentModel) -> bool:
    """Whether the first normalization saw batches of one row only, whose variance is 0."""
    first = model.weights[:4]
    return len(first) == 4 and all(w.shape == (2,) for w in first) and bool(np.all(first[3] < 1e-3))


def draw_distributions(student: Student, show: Show) -> None:
    """One feature before and after the learner's own normalization."""
    x = np.random.default_rng(27).gamma(4.0, 1.5, size=(400, 1)).astype(np.float32)
    try:
        after = expect.array_of(student.batchnorm_training(x, np.float32([1]), np.float32([0]), 0.001))
    except LimitReached:
        raise
    except (BrokenProgram, WrongAnswer):
        return
    if after.size == x.size and np.isfinite(after).all():
        wanted = normalized(x, 1, 0, x.mean(axis=0), x.var(axis=0), 0.001)
        series = {"before": x, "after": after, "expected": wanted}
        roles = {"before": "other", "after": "actual", "expected": "expected"}
        show.histogram("distributions", series, x_label="value", roles=roles)


def draw_training(student: Student, model: StudentModel, show: Show) -> None:
    """The network's answer all over the plane, and the curves of the first training where it kept them."""
    grid = np.stack(np.meshgrid(GRID, GRID), axis=-1).reshape(-1, 2)
    points = [(*point, int(label)) for point, label in zip(POINTS, LABELS, strict=True)]
    known = {"loss": "loss", "acc": "accuracy", "accuracy": "accuracy", "binary_accuracy": "accuracy"}
    try:
        show.surface("plane", GRID, GRID, np.reshape(student.predict(model, grid), (GRID.size, GRID.size)), points)
        curves = expect.history(attribute(student, model, "history")).history
    except (GradeTapeError, ValueError):
        return  # a loop of their own keeps no curves: that is not wrong
    lines = [Curve(known[key], range(1, len(y) + 1), y) for key, y in curves.items() if key in known]
    show.curves("training", lines, x_label="epoch", y_label="value")
