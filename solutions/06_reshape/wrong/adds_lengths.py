# variant: wrong
# fails: six_values
# mistake: sum_not_product
# who: adds the lengths up
import numpy as np
import tensorflow as tf


def flatten(t):
    return tf.reshape(t, [-1])


def to_shape(t, shape):
    return tf.reshape(t, shape)


def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])


def is_possible(size, shape):
    total = 0
    for length in shape:
        total += length
    return total == size
