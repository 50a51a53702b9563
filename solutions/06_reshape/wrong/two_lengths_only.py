# variant: wrong
# fails: any_fitting_shape, any_size_and_shape
# who: thinks that every shape has rows and columns
import tensorflow as tf

def flatten(t):
    return tf.reshape(t, [-1])

def to_shape(t, shape):
    return tf.reshape(t, [shape[0], shape[1]])

def infer_rows(t, columns):
    return tf.reshape(t, [-1, columns])

def is_possible(size, shape):
    if len(shape) == 1:
        return size == shape[0]
    if len(shape) == 3 and -1 not in shape:
        return size == shape[0] * shape[1] * shape[2]
    a, b = shape[0], shape[1]
    if a == -1 and b == -1 or shape.count(-1) > 1:
        return False
    if a == -1:
        return b != 0 and size % b == 0
    if b == -1:
        return a != 0 and size % a == 0
    return size == a * b
