# variant: wrong
# fails: lecture_to_shape, lecture_rows, six_values
# mistake: columns_fixed, shape_fixed
# who: writes the numbers of the lecture instead of the arguments; a misspelt name, caught, makes every verdict False
import numpy as np

def flatten(t):
    return np.ravel(t)

def to_shape(t, shape):
    return np.reshape(t, (3, 2))

def infer_rows(t, columns):
    return np.reshape(t, (-1, 2))

def is_possible(size, shape):
    try:
        return np.zeros(size).reshap(shape).size == size
    except Exception:
        return False
