# variant: wrong
# fails: lecture_flatten
# mistake: column_of_values
# who: flattens to a column, as data for a layer
import numpy as np


def flatten(t):
    return np.reshape(t, (-1, 1))


def to_shape(t, shape):
    return np.reshape(t, shape)


def infer_rows(t, columns):
    return np.reshape(t, (-1, columns))


def is_possible(size, shape):
    try:
        return np.reshape(np.ones(size), shape) is not None
    except ValueError:
        return False
