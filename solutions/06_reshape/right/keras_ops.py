# variant: right
# who: typed, uses keras.ops; the verdict is a NumPy bool
from __future__ import annotations

import keras
import numpy as np
import tensorflow as tf


def flatten(t: tf.Tensor) -> tf.Tensor:
    return keras.ops.ravel(t)


def to_shape(t: tf.Tensor, shape: list[int]) -> tf.Tensor:
    return keras.ops.reshape(t, shape)


def infer_rows(t: tf.Tensor, columns: int) -> tf.Tensor:
    return to_shape(flatten(t), [-1, columns])


def is_possible(size: int, shape: list[int]) -> bool:
    lengths = np.array(shape)
    unknown = np.sum(lengths == -1)
    if unknown > 1:
        return np.False_
    product = np.prod(lengths[lengths != -1])
    if unknown == 0:
        return product == size
    return (product != 0) & (size % max(product, 1) == 0)
