# variant: wrong
# fails: lecture_rows
# mistake: number_of_rows
# who: returns how many rows there are
import math
import tensorflow as tf


def flatten(t):
    return tf.reshape(t, [-1])


def to_shape(t, shape):
    return tf.reshape(t, shape)


def infer_rows(t, columns):
    return tf.size(t) // columns


def is_possible(size, shape):
    rest = [n for n in shape if n != -1]
    if len(shape) - len(rest) > 1:
        return False
    if len(rest) == len(shape):
        return math.prod(rest) == size
    return 0 not in rest and size % math.prod(rest) == 0
