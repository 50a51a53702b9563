"""Public checks of matmul."""

from typing import Any

import numpy as np

from grader.authoring import Student, Tensor, check, expect


@check(points=2)
def lecture_product(student: Student) -> None:
    """Multiplies the matrices of the lecture"""
    a = np.array([[3, 4], [2, 1]], dtype=np.int32)
    b = np.array([[1, 5], [3, 7]], dtype=np.int32)
    mistakes = {
        "element_wise": lambda: a * b,
        "swapped_order": lambda: b @ a,
        "transposed": lambda: a @ b.T,
        "summed_up": lambda: np.sum(a * b),
    }
    expect.tensor(student.multiply_matrices(Tensor(a), Tensor(b)), [[15, 43], [5, 17]], mistakes=mistakes)


@check(points=1)
def small_layer(student: Student) -> None:
    """Computes a small dense layer as one would by hand"""
    # As many samples as inputs as neurons: wrong answers then have the right shape, and can be named.
    x = np.array([[1, 2], [3, -1]], dtype=np.float32)
    w = np.array([[1, -2], [0.5, 4]], dtype=np.float32)
    b = np.array([10, -1], dtype=np.float32)
    mistakes = {
        "no_bias": lambda: x @ w,
        "element_wise": lambda: x * w + b,
        "swapped_order": lambda: w @ x + b,
        "transposed": lambda: x @ w.T + b,
        "bias_down_the_rows": lambda: x @ w + b[:, None],
        "bias_before_product": lambda: (x + b) @ w,
        "bias_subtracted": lambda: x @ w - b,
        "first_bias_for_all": lambda: x @ w + b[0],
        "activation_added": lambda: np.maximum(x @ w + b, 0),
    }
    answer = student.dense_forward(Tensor(x), Tensor(w), Tensor(b))
    expect.tensor(answer, [[12, 5], [12.5, -11]], mistakes=mistakes)


@check(points=1)
def lecture_shape(student: Student) -> None:
    """Knows the shape of (10, 5) times (5, 3)"""
    expect_shape(student.product_shape(10, 5, 3), 10, 5, 3)


def expect_shape(answer: Any, m: int, n: int, k: int) -> None:
    """(m, k), in any form that a shape can have."""
    dims = lengths_of(answer)
    counted = isinstance(dims, (int, np.integer))
    expect.that(
        not counted,
        "number_for_shape",
        expected=(m, k),
        actual=dims,
        mistake="count_not_shape" if counted and dims == m * k else "",
    )
    mistakes = {
        "shape_reversed": lambda: (k, m),
        "inner_lengths": lambda: (n, n),
        "shape_of_an_input": lambda: dims if dims in ([m, n], [n, k]) else (),
        "all_lengths": lambda: dims if dims in ([m, n, k], [m, n, n, k]) else (),
    }
    expect.shape(dims, (m, k), mistakes=mistakes)


def lengths_of(answer: Any) -> Any:
    """The list that a tuple, a TensorShape or a tensor stands for; its members may be 0-d tensors themselves."""
    plain = getattr(answer, "dims", answer)
    if isinstance(plain, (Tensor, np.ndarray)):
        return np.asarray(plain).tolist()
    if isinstance(plain, (list, tuple)):
        return [np.asarray(d).item() if isinstance(d, (Tensor, np.ndarray)) and np.ndim(d) == 0 else d for d in plain]
    return plain
