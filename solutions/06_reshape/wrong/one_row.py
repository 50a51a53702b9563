# variant: wrong
# fails: lecture_flatten
# mistake: still_a_matrix
# who: flattens to one row of a matrix
import numpy as np
import tensorflow as tf

def flatten(t):
    return tf.reshape(t, [1, -1])   # 한 줄

def to_shape(t, shape):
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])

def is_possible(size, shape):
    try:
        np.arange(size).reshape(shape)
        return True
    except ValueError:
        return False
