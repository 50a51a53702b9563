# variant: wrong
# fails: lecture_to_shape
# mistake: transposed
# who: takes reshape (2, 3) to (3, 2) for swapping rows and columns
import math
import tensorflow as tf

def flatten(t):
    return tf.reshape(t, [-1])

def to_shape(t, shape):
    if len(t.shape) == 2:
        return tf.transpose(t)
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])

def is_possible(size, shape):
    if shape.count(-1) > 1:
        return False
    known = math.prod(s for s in shape if s != -1)
    if -1 in shape:
        return known > 0 and size % known == 0
    return known == size
