# variant: wrong
# fails: lecture_rows
# mistake: columns_as_rows
# who: puts the columns where the rows belong
import math
import tensorflow as tf

def flatten(t): return tf.reshape(t, [-1])

def to_shape(t, shape): return tf.reshape(t, shape)

def infer_rows(t, columns): return tf.reshape(t, [columns, -1])

def is_possible(size, shape):
    known = math.prod(n for n in shape if n != -1)
    unknown = shape.count(-1)
    if unknown == 0: return known == size
    return unknown == 1 and bool(known) and size % known == 0
