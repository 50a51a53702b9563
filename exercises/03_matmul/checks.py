"""Public checks of matmul."""

from typing import Any

import numpy as np

from grader.authoring import Chain, Inside, Student, Tensor, chain, check, expect, step

# float32 keeps 7 digits; sums that almost cancel lose up to three of them, whoever adds in which order.
ATOL = 1e-4


@check(points=2)
def lecture_product(student: Student) -> None:
    """Multiplies the matrices of the lecture"""
    a = np.array([[3, 4], [2, 1]], dtype=np.int32)
    b = np.array([[1, 5], [3, 7]], dtype=np.int32)
    expect_product(student, a, b)


@check(points=1)
def small_layer(student: Student) -> None:
    """Computes a small dense layer as one would by hand"""
    # As many samples as inputs as neurons: wrong answers then have the right shape, and can be named.
    x = np.array([[1, 2], [3, -1]], dtype=np.float32)
    w = np.array([[1, -2], [0.5, 4]], dtype=np.float32)
    b = np.array([10, -1], dtype=np.float32)
    expect_layer(student, x, w, b)


@check(points=1)
def lecture_shape(student: Student) -> None:
    """Knows the shape of (10, 5) times (5, 3)"""
    expect_shape(student.product_shape(10, 5, 3), 10, 5, 3)


def expect_product(student: Student, a: np.ndarray, b: np.ndarray) -> None:
    """``a @ b``, or the name of what was computed instead."""
    answer = student.multiply_matrices(Tensor(a), Tensor(b))
    mistakes = {
        "element_wise": lambda: a * b,
        "swapped_order": lambda: b @ a,
        "transposed": lambda: that_came(answer, lambda: a @ b.T, lambda: a.T @ b),
        "result_transposed": lambda: (a @ b).T,
        "summed_up": lambda: np.sum(a * b),
        "axis_dropped": lambda: np.squeeze(a @ b),
        "whole_numbers_only": lambda: that_came(answer, lambda: np.trunc(a) @ np.trunc(b), lambda: np.trunc(a @ b)),
    }
    expect.tensor(answer, a @ b, atol=ATOL, mistakes=mistakes)


def expect_layer(student: Student, x: np.ndarray, w: np.ndarray, b: np.ndarray) -> None:
    """``x @ w + b``, or the name of what was computed instead."""
    answer = student.dense_forward(Tensor(x), Tensor(w), Tensor(b))
    steps = layer_steps(x, w, b, student.inside)
    expect.tensor(answer, steps.result, atol=ATOL, steps=steps)


def layer_steps(x: np.ndarray, w: np.ndarray, b: np.ndarray, inside: Inside) -> Chain:
    """The product, the bias, and nothing else; each with what learners typically do instead."""
    return chain(
        {"x": x, "w": w, "b": b},
        step(
            "product",
            "x @ w",
            lambda s: s.x @ s.w,
            element_wise=lambda s: s.x * s.w,
            weights_first=lambda s: s.w @ s.x,
            transposed=(lambda s: s.x @ s.w.T, lambda s: s.x.T @ s.w),
            bias_before_product=lambda s: (s.x + s.b) @ s.w,
        ),
        step(
            "sums",
            "x @ w + b",
            lambda s: s.product + s.b,
            no_bias=lambda s: s.product,
            bias_before_product=lambda s: s.product,
            bias_down_the_rows=lambda s: s.product + s.b[:, None],
            bias_subtracted=lambda s: s.product - s.b,
            first_bias_for_all=lambda s: s.product + s.b[0],
        ),
        step(
            "answer",
            "return",
            lambda s: s.sums,
            activation_added=(lambda s: relu(s.sums), lambda s: sigmoid(s.sums), lambda s: np.tanh(s.sums)),
            axis_dropped=lambda s: np.squeeze(s.sums),
        ),
        inside=inside,
    )


def expect_shape(answer: Any, m: int, n: int, k: int) -> None:
    """(m, k), in any form that a shape can have."""
    mistakes = {
        "shape_reversed": lambda: (k, m),
        "inner_lengths": lambda: (n, n),
        "shape_of_an_input": lambda: that_came(answer, lambda: (m, n), lambda: (n, k)),
        "all_lengths": lambda: that_came(answer, lambda: (m, n, k), lambda: (m, n, n, k)),
        "count_not_shape": lambda: m * k,
    }
    expect.shape(answer, (m, k), mistakes=mistakes)


def that_came(answer: Any, *wrong: Any) -> Any:
    """Of several answers with the same mistake, the one that came. Raises StopIteration, which names no mistake."""
    return next(made() for made in wrong if expect.named_mistake(answer, {"this": made}, atol=ATOL))


def relu(z: np.ndarray) -> np.ndarray:
    """max(z, 0)."""
    return np.maximum(z, 0)


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + e^-z); the sums here are small."""
    return 1 / (1 + np.exp(-z))
