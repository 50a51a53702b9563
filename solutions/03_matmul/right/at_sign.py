# variant: right
# who: short and typed, uses the @ operator
import tensorflow as tf


def multiply_matrices(a: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    return a @ b


def dense_forward(x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    return x @ w + b


def product_shape(m: int, n: int, k: int) -> tuple[int, int]:
    return m, k
