"""Hidden checks of matmul."""

import numpy as np
from public_checks import expect_layer, expect_product, expect_shape

from grader.authoring import Student, check


@check(points=2, after="lecture_product")
def any_conformable_shapes(student: Student, rng: np.random.Generator) -> None:
    """Multiplies matrices of any shapes that fit, whole numbers and fractions"""
    p, q, r = (int(n) for n in rng.permutation([3, 4, 5]))
    # The last shapes come twice: other values must give another answer.
    for m, n, k in ((2, 2, 2), (2, p, 2), (p, q, r), (1, q, 1), (r, 1, p), (7, 5, 6), (7, 5, 6)):
        expect_product(student, *drawn(rng, (m, n), (n, k)))
    a, b = (rng.integers(-9, 10, size=s).astype(np.int32) for s in ((p, q), (q, r)))
    expect_product(student, a, b)


@check(points=2, after="small_layer")
def any_layer(student: Student, rng: np.random.Generator) -> None:
    """Computes dense layers of any size"""
    p, q, r = (int(n) for n in rng.permutation([4, 6, 7]))
    for batch, inputs, units in ((3, 3, 3), (p, q, q), (p, q, p), (p, q, r), (10, 5, 3), (10, 5, 3)):
        expect_layer(student, *drawn(rng, (batch, inputs), (inputs, units), (units,)))


@check(points=1, after="small_layer")
def keeps_both_axes(student: Student, rng: np.random.Generator) -> None:
    """Keeps both axes with a single sample, a single input or a single neuron"""
    p, q = (int(n) for n in rng.permutation([3, 5]))
    for batch, inputs, units in ((1, p, q), (p, q, 1), (p, 1, q), (1, 1, 1)):
        expect_layer(student, *drawn(rng, (batch, inputs), (inputs, units), (units,)))


@check(points=1, after="lecture_shape")
def any_product_shape(student: Student, rng: np.random.Generator) -> None:
    """Knows the shape of any product"""
    m, n, k = (int(d) for d in rng.permutation(np.arange(11, 40))[:3])
    for sizes in ((m, n, k), (2, n, 2), (m, m, k), (1, n, k), (m, n, 1), (1, n, 1)):
        expect_shape(student.product_shape(*sizes), *sizes)


def drawn(rng: np.random.Generator, *shapes: tuple[int, ...]) -> list[np.ndarray]:
    """Numbers that nobody has seen before."""
    return [rng.normal(scale=2, size=shape).astype(np.float32) for shape in shapes]
