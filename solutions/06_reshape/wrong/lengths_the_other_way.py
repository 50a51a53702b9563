# variant: wrong
# fails: lecture_to_shape
# mistake: lengths_reversed
# who: reads the shape as (columns, rows)
import numpy as np
import tensorflow as tf

def flatten(t):
    return tf.reshape(t, [-1])

def to_shape(t, shape):
    columns, rows = shape
    return tf.reshape(t, [rows, columns])

def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])

def is_possible(size, shape):
    try:
        np.zeros(size).reshape(shape)
    except ValueError:
        return False
    return True
