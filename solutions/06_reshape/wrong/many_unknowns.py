# variant: wrong
# fails: zeros_and_two_unknowns
# mistake: two_unknowns
# who: allows any number of -1
import numpy as np
import tensorflow as tf


def flatten(t):
    return tf.reshape(t, [-1])


def to_shape(t, shape):
    return tf.reshape(t, shape)


def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])


def is_possible(size, shape):
    known = 1
    for length in shape:
        if length != -1:
            known *= length
    if -1 in shape:
        return size % known == 0 if known else False
    return size == known
