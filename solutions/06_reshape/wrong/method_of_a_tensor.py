# variant: wrong
# fails: lecture_flatten, lecture_to_shape, lecture_rows, six_values
# who: uses NumPy methods on tensors, and a verdict in words
import tensorflow as tf

t = tf.constant([[1, 2, 3], [4, 5, 6]])

def flatten(t):
    return t.flatten()

def to_shape(t, shape):
    return t.reshape(shape)

def infer_rows(t, columns):
    return t.reshape(-1, columns)

def is_possible(size, shape):
    if tf.reduce_prod(shape) == size:
        return "possible"
    return "impossible"

print(flatten(t))
