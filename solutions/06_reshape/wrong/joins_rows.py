# variant: wrong
# fails: flattens_any_rank
# mistake: one_axis_less
# who: joins the rows, which is enough for a matrix
import numpy as np
import tensorflow as tf

def flatten(t):
    rows = [row for row in t]
    return tf.concat(rows, axis=0)

def to_shape(t, shape):
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])

def is_possible(size, shape):
    try:
        np.zeros(size).reshape(shape)
    except ValueError:
        return False
    return True
