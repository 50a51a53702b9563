"""Hidden checks of batchnorm."""

from typing import Any

import numpy as np

from grader.authoring import Student, StudentModel, Tensor, check, expect

# float32 keeps 7 digits; the mean, the difference and the root lose up to three of them.
TOLERANCE = {"rtol": 1e-4, "atol": 1e-4}
# Layers may have any of the usual epsilons, 1e-3 to 1e-7. Beside moving variances of 2 and more that is nothing;
# beside the variance of a few sigmoids in a batch it is a few percent. Wrong networks are off by 1 and more.
ANY_EPSILON = {True: 0.15, False: 0.02}  # in training mode, in inference mode
MOMENTUM = 0.9
Array = np.ndarray


@check(points=1, after="training_example")
def any_batch(student: Student, rng: np.random.Generator) -> None:
    """Normalizes batches of any size, constant features and a single sample too"""
    for batch, features, epsilon in ((2, 1, 0.5), (5, 3, 0.1), (40, 7, 0.001)):
        x = (rng.normal(size=(batch, features)) * rng.uniform(1, 4, features) + rng.uniform(-5, 5)).astype(np.float32)
        expect_training(student, rng, x, epsilon)
    constant = rng.normal(size=(6, 3)).astype(np.float32)
    constant[:, 1] = 4
    expect_training(student, rng, constant, 0.001)
    expect_training(student, rng, np.array([[3, -8, 0.5]], dtype=np.float32), 0.001)


@check(points=1, after="inference_example")
def any_inference(student: Student, rng: np.random.Generator) -> None:
    """Normalizes each sample by the moving averages, whatever else is in the batch"""
    for batch, features, epsilon in ((1, 4, 0.3), (6, 3, 0.1), (5, 2, 0.001)):
        x = rng.normal(scale=3, size=(batch, features)).astype(np.float32)
        gamma, beta, mean = rng.normal(scale=2, size=(3, features)).astype(np.float32)
        variance = rng.uniform(0.01, 6, features).astype(np.float32)
        answer = student.batchnorm_inference(x, gamma, beta, mean, variance, epsilon)
        expect.that(not student.mutated(), "changes_x")
        mistakes = {
            "batch_statistics": lambda: normalized(x, gamma, beta, x.mean(axis=0), x.var(axis=0), epsilon),
            "no_epsilon": lambda: normalized(x, gamma, beta, mean, variance, 0),
            "epsilon_fixed": lambda: normalized(x, gamma, beta, mean, variance, 0.001),
            "epsilon_outside": lambda: gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta,
            "variance_not_root": lambda: gamma * (x - mean) / (variance + epsilon) + beta,
        }
        expect.tensor(answer, normalized(x, gamma, beta, mean, variance, epsilon), mistakes=mistakes, **TOLERANCE)


@check(points=1)
def counts_parameters(student: Student, rng: np.random.Generator) -> None:
    """Counts what training changes and what it does not, for any number of units"""
    for units in (2, int(rng.integers(3, 9)), int(rng.integers(20, 90))):
        trainable, other = 6 * units + 5, 2 * units + 4
        answer = student.parameter_counts(units)
        mistakes = {
            "counts_swapped": lambda t=trainable, o=other: (o, t),
            "averages_trained": lambda t=trainable, o=other: (t + o, 0),
            "averages_forgotten": lambda t=trainable: (t, 0),
            "norm_not_trained": lambda o=other, u=units: (4 * u + 1, 2 * o),
            "total_for_trainable": lambda t=trainable, o=other: (t + o, o),
            "total_and_trainable": lambda t=trainable, o=other: (t + o, t),
            "norm_forgotten": lambda u=units: (4 * u + 1, 0),
            "arrays_counted": lambda: (8, 4),
            "bias_forgotten": lambda o=other, u=units: (5 * u + 4, o),
            "one_number": lambda t=trainable, o=other: t + o,
            "for_two_units": lambda: (17, 8),
        }
        expect.tensor(answer, (trainable, other), mistakes=mistakes)


@check(points=1, after="builds_network")
def network_inference(student: Student, rng: np.random.Generator) -> None:
    """Its layers compute what they should, in this order, with the moving averages"""
    units = int(rng.integers(3, 7))
    model = expect.model(student.build_model(units))
    x = rng.normal(scale=2, size=(7, 2)).astype(np.float32)
    parts = plant(student, model, rng, units)
    answer = call(student, model, x, training=False)
    expect.tensor(
        answer, forward(x, parts, training=False), mistakes=orders(x, parts, training=False), atol=ANY_EPSILON[False]
    )
    alone = call(student, model, x[:1], training=False)
    expect.tensor(alone, np.asarray(answer)[:1], atol=1e-4)


@check(points=1, after="builds_network")
def network_training(student: Student, rng: np.random.Generator) -> None:
    """In training mode both normalizations use the batch, and their averages follow it"""
    units = int(rng.integers(3, 7))
    model = expect.model(student.build_model(units))
    x = (rng.normal(scale=3, size=(9, 2)) + [4, -6]).astype(np.float32)
    parts = plant(student, model, rng, units)
    answer = call(student, model, x, training=True)
    mistakes = {"second_ignores_training": lambda: half_trained(x, parts), **orders(x, parts, training=True)}
    expect.tensor(answer, forward(x, parts, training=True), mistakes=mistakes, atol=ANY_EPSILON[True])
    inner = hidden_layer(x, parts, training=True)
    weights = expect.arrays(read(student, model, "get_weights"), what="get_weights()")
    for name, values in (("norm1", x), ("norm2", inner)):
        _, _, mean, variance = parts[name]
        for old, new in ((mean, values.mean(axis=0)), (variance, values.var(axis=0))):
            wanted = MOMENTUM * old + (1 - MOMENTUM) * new
            near = any(w.shape == wanted.shape and np.allclose(w, wanted, atol=0.02, rtol=0.02) for w in weights)
            expect.that(
                near, "moving_averages", expected=wanted, mistake="default_momentum" if kept(weights, old, new) else ""
            )


def expect_training(student: Student, rng: np.random.Generator, x: Array, epsilon: float) -> None:
    """The learner's training pass over x, with a gamma and beta drawn here."""
    gamma, beta = rng.normal(scale=2, size=(2, x.shape[1])).astype(np.float32)
    answer = student.batchnorm_training(x, gamma, beta, epsilon)
    expect.that(not student.mutated(), "changes_x")
    mean, variance = x.mean(axis=0), x.var(axis=0)
    mistakes = {
        "no_epsilon": lambda: normalized(x, gamma, beta, mean, variance, 0),
        "epsilon_fixed": lambda: normalized(x, gamma, beta, mean, variance, 0.001),
        "epsilon_outside": lambda: gamma * (x - mean) / (np.sqrt(variance) + epsilon) + beta,
        "sample_variance": lambda: normalized(x, gamma, beta, mean, x.var(axis=0, ddof=1), epsilon),
        "whole_batch": lambda: normalized(x, gamma, beta, x.mean(), x.var(), epsilon),
    }
    expect.tensor(answer, normalized(x, gamma, beta, mean, variance, epsilon), mistakes=mistakes, **TOLERANCE)


def normalized(x: Array, gamma: Any, beta: Any, mean: Any, variance: Any, epsilon: float) -> Array:
    """What batch normalization makes of x with these statistics."""
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def call(student: Student, model: StudentModel, x: Array, *, training: bool) -> Any:
    """What the learner's own model answers; the call shown stays the one that built it."""
    return read(student, model, "", Tensor(x), training=training)


def read(student: Student, model: StudentModel, name: str, *args: Any, **kwargs: Any) -> Any:
    """A method of the learner's own model; the call shown stays the one before."""
    shown = student.last_call()
    answer = student.method(model, name, *args, **kwargs)
    student.memory.call = shown
    return answer


def plant(student: Student, model: StudentModel, rng: np.random.Generator, units: int) -> dict[str, Any]:
    """Weights of our own in the learner's layers, found by their shapes; units is neither 1 nor 2.

    Returns {"norm1": (gamma, beta, mean, variance), "dense1": (kernel, bias), "norm2": ..., "dense2": ...}.
    """
    call(student, model, np.ones((1, 2), np.float32), training=False)  # builds a subclassed one
    shapes = [w.shape for w in expect.arrays(read(student, model, "get_weights"), what="get_weights()")]
    parts = {
        "norm1": statistics(rng, 2),
        "dense1": (signed(rng, (2, units)) * rng.uniform(1, 2, (2, units)), rng.uniform(-0.5, 0.5, units)),
        "norm2": statistics(rng, units),
        "dense2": (signed(rng, (units, 1)) * rng.uniform(0.5, 1.5, (units, 1)), rng.normal(size=1)),
    }
    by_shape = {tuple(a.shape for a in arrays): name for name, arrays in parts.items()}
    order, at = [], 0
    while at < len(shapes):
        group = tuple(shapes[at : at + (2 if len(shapes[at]) == 2 else 4)])
        expect.that(group in by_shape, "layer_shapes", expected=list(by_shape), actual=shapes, units=units)
        order.append(by_shape[group])
        at += len(group)
    expect.that(sorted(order) == sorted(parts), "layer_shapes", expected=list(by_shape), actual=shapes, units=units)
    arrays = [a.astype(np.float32) for name in order for a in parts[name]]
    read(student, model, "set_weights", arrays)
    return parts


def statistics(rng: np.random.Generator, n: int) -> tuple[Array, Array, Array, Array]:
    """gamma, beta, moving mean and moving variance; the variance large beside any epsilon."""
    gamma = signed(rng, (n,)) * rng.uniform(0.6, 1.5, n)
    return gamma, rng.uniform(-0.5, 0.5, n), rng.normal(size=n), rng.uniform(2, 5, n)


def signed(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """1 or -1."""
    return rng.choice([-1.0, 1.0], shape)


def norm(x: Array, parts: tuple[Array, ...], *, training: bool) -> Array:
    """One normalization with Keras' epsilon."""
    gamma, beta, mean, variance = parts
    if training:
        mean, variance = x.mean(axis=0), x.var(axis=0)
    return normalized(x, gamma, beta, mean, variance, 0.001)


def hidden_layer(x: Array, parts: dict[str, Any], *, training: bool) -> Array:
    """What the second normalization is given."""
    kernel, bias = parts["dense1"]
    return sigmoid(norm(x, parts["norm1"], training=training) @ kernel + bias)


def forward(x: Array, parts: dict[str, Any], *, training: bool) -> Array:
    """The whole network, step by step."""
    kernel, bias = parts["dense2"]
    return norm(hidden_layer(x, parts, training=training), parts["norm2"], training=training) @ kernel + bias


def half_trained(x: Array, parts: dict[str, Any]) -> Array:
    """The network whose second normalization uses its moving averages even in training mode."""
    kernel, bias = parts["dense2"]
    return norm(hidden_layer(x, parts, training=True), parts["norm2"], training=False) @ kernel + bias


def orders(x: Array, parts: dict[str, Any], *, training: bool) -> dict[str, Any]:
    """The same weights in networks that learners typically build instead."""
    (k1, b1), (k2, b2) = parts["dense1"], parts["dense2"]
    sums = norm(x, parts["norm1"], training=training) @ k1 + b1

    def ended(hidden: Array) -> Array:
        return norm(hidden, parts["norm2"], training=training) @ k2 + b2

    return {
        "no_activation": lambda: ended(sums),
        "relu_for_sigmoid": lambda: ended(np.maximum(sums, 0)),
        "sigmoid_at_the_end": lambda: sigmoid(ended(sigmoid(sums))),
        "activation_after_norm": lambda: sigmoid(norm(sums, parts["norm2"], training=training)) @ k2 + b2,
    }


def sigmoid(z: Array) -> Array:
    """The logistic function."""
    return 1 / (1 + np.exp(-z))


def kept(weights: list[Any], old: Array, new: Array) -> bool:
    """Whether an average moved by Keras' own momentum instead."""
    wanted = 0.99 * old + 0.01 * new
    return any(np.shape(w) == wanted.shape and np.allclose(w, wanted, atol=1e-3) for w in weights)
