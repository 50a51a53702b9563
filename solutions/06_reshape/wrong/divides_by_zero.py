# variant: wrong
# fails: zeros_and_two_unknowns
# who: forgets that the known lengths can multiply to 0
import math

import tensorflow as tf

def flatten(t):
    return tf.reshape(t, -1)

def to_shape(t, shape):
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    return tf.reshape(t, [tf.size(t) // columns, columns])

def is_possible(size, shape):
    known = math.prod(d for d in shape if d != -1)
    if shape.count(-1) > 1:
        return False
    if -1 in shape:
        return size % known == 0
    return size == known
