# variant: right
# who: type hints, value.shape.rank, variables and random values, match statement
from __future__ import annotations

import tensorflow as tf


def rank_of(value: tf.Tensor) -> int:
    """Number of axes, from the static shape."""
    return value.shape.rank


def make_scalar() -> tf.Variable:
    return tf.Variable(0.1)


def make_vector() -> tf.Variable:
    return tf.Variable([1.0], name="bias")


def make_matrix() -> tf.Tensor:
    return tf.random.normal((1, 1), seed=1)


def make_tensor(rank: int) -> tf.Tensor:
    return tf.fill([1] * rank, True)


def kind_of(value: tf.Tensor) -> str:
    match rank_of(value):
        case 0:
            return "scalar"
        case 1:
            return "vector"
        case 2:
            return "matrix"
        case n:
            return f"{n}D tensor"


if __name__ == "__main__":
    for r in range(5):
        print(r, kind_of(make_tensor(r)))
