"""Hidden checks of activations."""

from typing import Any

import numpy as np

from grader.authoring import BrokenProgram, Student, WrongAnswer, check, expect

Array = np.ndarray
PLAIN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "swish", "prelu")
EXTREMES = np.array([-1000.0, -100.0, 0.0, 100.0, 1000.0])
EXTREME_SCORES = (
    np.array([1000.0, 999.0, 997.0]),
    np.array([-1000.0, -1001.0, -1003.0]),
    np.array([1000.0, 0.0, -1000.0]),
)


def sigmoid(x: Array) -> Array:
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))


def with_slope(x: Array, alpha: Any) -> Array:
    return np.where(x > 0, x, alpha * x)


def elu(x: Array, alpha: float = 1.0) -> Array:
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def softmax(x: Array, axis: int | None = -1) -> Array:
    e = np.exp(x - x.max())
    return e / e.sum(axis=axis, keepdims=True)


@check(points=1, after="s_curves")
def s_curves_any_shape(student: Student, rng: np.random.Generator) -> None:
    """sigmoid and tanh of single numbers and of arrays of any rank"""
    for x in (*some_numbers(rng), *some_arrays(rng)):
        expect_same(student.sigmoid(x), sigmoid(np.asarray(x)))
        expect_same(student.tanh(x), np.tanh(x))


@check(points=1, after="rectifiers")
def rectifiers_any_shape(student: Student, rng: np.random.Generator) -> None:
    """relu, leaky_relu, elu and prelu with any alpha, of single numbers and of arrays of any rank"""
    for x in (*some_numbers(rng), *some_arrays(rng)):
        alpha = round(float(rng.uniform(0.05, 0.6)), 2)
        array = np.asarray(x)
        expect_same(student.relu(x), np.maximum(array, 0))
        expect_same(student.leaky_relu(x, alpha), with_slope(array, alpha))
        expect_same(student.elu(x, 3 * alpha), elu(array, 3 * alpha))
        expect_same(student.prelu(x, alpha), with_slope(array, alpha))
    for shape in ((4, 3), (2, 4, 3)):
        x = rng.normal(size=shape).astype("float32")
        alphas = np.array([0.1, 0.3, 0.5], dtype="float32")  # one dtype: TensorFlow does not mix them
        expect.tensor(student.prelu(x, alphas), with_slope(x, alphas))


@check(points=1, after="swish_and_softmax")
def swish_and_softmax_any_shape(student: Student, rng: np.random.Generator) -> None:
    """swish of anything, softmax along the last axis whatever the rank"""
    for x in (*some_numbers(rng), *some_arrays(rng)):
        expect_same(student.swish(x), np.asarray(x) * sigmoid(np.asarray(x)))
    for shape in ((5,), (3, 3), (2, 3, 4), (2, 2, 2, 3)):
        x = rng.normal(scale=2, size=shape)
        mistakes = {
            "softmax_over_everything": lambda: softmax(x, axis=None),
            "softmax_over_columns": lambda: softmax(x, axis=0),
            "softmax_second_axis": lambda: softmax(x, axis=1),
        }
        expect.tensor(student.softmax(x), softmax(x), mistakes=mistakes)


@check(points=1)
def plain_lists(student: Student, rng: np.random.Generator) -> None:
    """Every function takes a plain list of numbers"""
    values = [round(float(v), 2) for v in (*rng.uniform(-3, -0.3, 3), *rng.uniform(0.3, 3, 3))]
    for name, (target, _) in answers_to(student, np.asarray(values)).items():
        expect.tensor(ask(student, name, values), target)


@check(points=1)
def extreme_values(student: Student, rng: np.random.Generator) -> None:
    """Large numbers up to ±1000 give numbers, not NaN"""
    both_signs = np.round(rng.uniform(0.3, 3, size=6), 2) * [-1, 1, 1, -1, 1, -1]
    rights = [name for name, (_, right) in answers_to(student, both_signs).items() if right]
    for name in rights:
        for x in EXTREME_SCORES if name == "softmax" else (EXTREMES,):
            expect_extreme(ask(student, name, x), true_values(name, x))


@check(points=1, after="rectifiers")
def input_untouched(student: Student, rng: np.random.Generator) -> None:
    """The array that was handed over is still the same afterwards"""
    x = np.round(rng.uniform(0.2, 3, size=6), 2) * [-1, 1, 1, -1, 1, -1]
    for name in answers_to(student, x):
        ask(student, name, x)
        expect.that(not student.mutated(), "changed_in_place", mistake="changed_in_place", name=name)


def some_numbers(rng: np.random.Generator) -> list[float]:
    """A negative and a positive number."""
    return [-round(float(rng.uniform(0.2, 2)), 2), round(float(rng.uniform(0.2, 2)), 2)]


def some_arrays(rng: np.random.Generator) -> list[Array]:
    """From rank 1 to rank 4, of both dtypes; small first, as the first one that fails is shown."""
    n, m = (int(v) for v in rng.integers(2, 5, size=2))
    shapes = ((n,), (2, 2), (n, m), (2, n, m), (2, 1, m, n))
    return [
        np.round(rng.normal(scale=2, size=s), 2).astype(t)
        for s, t in zip(shapes, ("f8", "f4", "f8", "f4", "f8"), strict=True)
    ]


def ask(student: Student, name: str, x: Any) -> Any:
    """Calls the task; prelu has no alpha of its own."""
    return getattr(student, name)(x, 0.25) if name == "prelu" else getattr(student, name)(x)


def answers_to(student: Student, x: Array) -> dict[str, tuple[Array, bool]]:
    """What each task that answers should give for ``x``, and whether it does.

    Where it does not, another check says so, and what it gave stands in for what it should; one that breaks is left out:
    a wrong formula costs its points once. Most have to be right, as a function that hands back anything passes for nothing.
    """
    names = (*PLAIN, "softmax")
    found = {}
    for name in names:
        target = true_values(name, x)
        try:
            own = expect.array_of(ask(student, name, x))
        except (BrokenProgram, WrongAnswer):  # it breaks, or what it answers is no number at all
            if name == names[-1] and not found:
                raise
            continue
        right = own.shape == target.shape and bool(np.allclose(own, target, atol=1e-5))
        found[name] = (target if right else own, right)
    wrong = [name for name in names if not found.get(name, ((), False))[1]]
    expect.that(len(wrong) < len(names) / 2, "first_right", names=", ".join(wrong))
    return found


def true_values(name: str, x: Array) -> Array:
    """What ``ask`` should give."""
    if name == "softmax":
        return softmax(x)
    made = {"sigmoid": sigmoid(x), "tanh": np.tanh(x), "relu": np.maximum(x, 0), "elu": elu(x), "swish": x * sigmoid(x)}
    return made[name] if name in made else with_slope(x, 0.25 if name == "prelu" else 0.01)


def expect_same(answer: Any, target: Array) -> None:
    """An answer of the input's shape; for a single number also an array of one element."""
    mistakes = {"whole_numbers": lambda: np.trunc(target), "nothing_returned": lambda: None}
    if target.ndim:
        expect.tensor(answer, target, mistakes=mistakes)
    else:
        expect.number(answer, float(target), mistakes=mistakes)


def expect_extreme(answer: Any, target: Array) -> None:
    """Within 1e-4: whoever clips the exponent at ±20 or more is right as well."""
    has_nan = bool(np.isnan(expect.array_of(answer)).any())
    expect.tensor(answer, target, atol=1e-4, mistakes={"overflow": lambda: answer if has_nan else None})
