# variant: wrong
# fails: zeros_and_two_unknowns
# mistake: zero_ignored
# who: leaves lengths of 0 out, for fear of dividing by zero
import numpy as np
import tensorflow as tf


def flatten(t):
    return tf.reshape(t, [-1])


def to_shape(t, shape):
    return tf.reshape(t, shape)


def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])


def is_possible(size, shape):
    known = int(np.prod([s for s in shape if s > 0]))
    unknown = list(shape).count(-1)
    if unknown > 1:
        return False
    if unknown == 1:
        return size % known == 0
    return size == known
