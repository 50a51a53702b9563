# variant: right
# who: goes to NumPy and stays there; tries the reshape to see whether it works
import numpy as np


def flatten(t):
    return t.numpy().flatten()


def to_shape(t, shape):
    return np.array(t).reshape(shape)


def infer_rows(t, columns):
    return np.array(t).reshape(-1, columns)


def is_possible(size, shape):
    try:
        np.zeros(size).reshape(shape)
        return True
    except ValueError:
        return False
