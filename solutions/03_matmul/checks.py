"""Hidden checks of matmul."""

from typing import Any

import numpy as np

from grader.authoring import Student, Tensor, check, expect

# float32 keeps 7 digits; sums that almost cancel lose up to three of them, whoever adds in which order.
ATOL = 1e-4


@check(points=2, after="lecture_product")
def any_conformable_shapes(student: Student, rng: np.random.Generator) -> None:
    """Multiplies matrices of any shapes that fit, whole numbers and fractions"""
    p, q, r = (int(n) for n in rng.permutation([3, 4, 5]))
    for m, n, k in ((2, 2, 2), (2, p, 2), (p, q, r), (1, q, 1), (r, 1, p), (7, 5, 6)):
        _expect_product(student, *_drawn(rng, (m, n), (n, k)))
    a, b = (rng.integers(-9, 10, size=s).astype(np.int32) for s in ((p, q), (q, r)))
    _expect_product(student, a, b)


@check(points=2, after="small_layer")
def any_layer(student: Student, rng: np.random.Generator) -> None:
    """Computes dense layers of any size"""
    p, q, r = (int(n) for n in rng.permutation([4, 6, 7]))
    for batch, inputs, units in ((3, 3, 3), (p, q, q), (p, q, p), (p, q, r), (10, 5, 3)):
        _expect_layer(student, *_drawn(rng, (batch, inputs), (inputs, units), (units,)))


@check(points=1, after="small_layer")
def keeps_both_axes(student: Student, rng: np.random.Generator) -> None:
    """Keeps both axes with a single sample, a single input or a single neuron"""
    p, q = (int(n) for n in rng.permutation([3, 5]))
    for batch, inputs, units in ((1, p, q), (p, q, 1), (p, 1, q), (1, 1, 1)):
        _expect_layer(student, *_drawn(rng, (batch, inputs), (inputs, units), (units,)))


@check(points=1, after="lecture_shape")
def any_product_shape(student: Student, rng: np.random.Generator) -> None:
    """Knows the shape of any product"""
    m, n, k = (int(d) for d in rng.permutation(np.arange(11, 40))[:3])
    for sizes in ((m, n, k), (2, n, 2), (m, m, k), (1, n, k), (m, n, 1), (1, n, 1)):
        _expect_shape(student.product_shape(*sizes), *sizes)


def _drawn(rng: np.random.Generator, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    return [rng.normal(scale=2, size=shape).astype(np.float32) for shape in shapes]


def _expect_product(student: Student, a: np.ndarray, b: np.ndarray) -> None:
    mistakes = {
        "element_wise": lambda: a * b,
        "swapped_order": lambda: b @ a,
        "transposed": lambda: (a @ b).T,
        "axis_dropped": lambda: np.squeeze(a @ b),
        "whole_numbers_only": lambda: np.trunc(a) @ np.trunc(b),
    }
    expect.tensor(student.multiply_matrices(Tensor(a), Tensor(b)), a @ b, atol=ATOL, mistakes=mistakes)


def _expect_layer(student: Student, x: np.ndarray, w: np.ndarray, b: np.ndarray) -> None:
    mistakes = {
        "axis_dropped": lambda: np.squeeze(x @ w + b),
        "activation_added": lambda: np.maximum(x @ w + b, 0),
        "transposed": lambda: (x @ w + b).T,
        "bias_down_the_rows": lambda: x @ w + b[:, None],
    }
    expect.tensor(student.dense_forward(Tensor(x), Tensor(w), Tensor(b)), x @ w + b, atol=ATOL, mistakes=mistakes)


def _expect_shape(answer: Any, m: int, n: int, k: int) -> None:
    dims = _lengths_of(answer)
    mistakes = {
        "shape_reversed": lambda: (k, m),
        "inner_lengths": lambda: (n, n),
        "shape_of_an_input": lambda: dims if dims in ([m, n], [n, k]) else (),
    }
    expect.shape(dims, (m, k), mistakes=mistakes)


def _lengths_of(answer: Any) -> Any:
    plain = getattr(answer, "dims", answer)
    if isinstance(plain, (Tensor, np.ndarray)):
        return np.asarray(plain).tolist()
    if isinstance(plain, (list, tuple)):
        return [np.asarray(d).item() if isinstance(d, (Tensor, np.ndarray)) and np.ndim(d) == 0 else d for d in plain]
    return plain
