# variant: wrong
# fails: rows_of_any_tensor
# who: takes the length of the first axis for the number of values
import math
import tensorflow as tf

def flatten(t):
    return tf.reshape(t, [-1])

def to_shape(t, shape):
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    rows = len(t) // columns
    return tf.reshape(t, [rows, columns])

def is_possible(size, shape):
    known = math.prod(n for n in shape if n != -1)
    unknown = shape.count(-1)
    if unknown == 0:
        return known == size
    return unknown == 1 and known > 0 and size % known == 0
