# variant: wrong
# fails: six_values
# mistake: unknown_always_fits
# who: thinks that -1 makes everything fit
import numpy as np
import tensorflow as tf


def flatten(t):
    return tf.reshape(t, [-1])


def to_shape(t, shape):
    return tf.reshape(t, shape)


def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])


def is_possible(size, shape):
    if -1 in shape:
        return True
    return tf.reduce_prod(shape) == size
