# variant: wrong
# fails: lecture_flatten, lecture_to_shape, lecture_rows
# mistake: columns_first
# who: learned MATLAB first
import numpy as np
import math

def flatten(t):
    return np.ravel(t, order='F')

def to_shape(t, shape):
    return np.reshape(t, shape, order='F')

def infer_rows(t, columns):
    return np.reshape(t, (-1, columns), order='F')

def is_possible(size, shape):
    unknown = sum(s == -1 for s in shape)
    known = math.prod([s for s in shape if s >= 0])
    if unknown == 0:
        return size == known
    return unknown == 1 and known != 0 and size % known == 0
