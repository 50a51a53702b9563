# variant: wrong
# fails: six_values
# mistake: minus_one_as_length
# who: multiplies all lengths, the -1 too
import numpy as np
import tensorflow as tf


def flatten(t):
    return tf.reshape(t, [-1])


def to_shape(t, shape):
    return tf.reshape(t, shape)


def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])


def is_possible(size, shape):
    # 곱이 크기와 같으면 가능
    return np.prod(shape) == size
