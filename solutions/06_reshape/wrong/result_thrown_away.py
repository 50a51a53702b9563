# variant: wrong
# fails: lecture_flatten, lecture_to_shape, lecture_rows
# mistake: unchanged
# who: calls tf.reshape and returns the old tensor
import numpy as np
import tensorflow as tf

def flatten(t):
    tf.reshape(t, [-1])
    return t

def to_shape(t, shape):
    tf.reshape(t, shape)
    return t

def infer_rows(t, columns):
    tf.reshape(t, [-1, columns])
    return t

def is_possible(size, shape):
    try:
        np.empty(size).reshape(shape)
    except ValueError:
        return False
    else:
        return True
