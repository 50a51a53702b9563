# variant: right
# who: divides the size by one length after the other; a verdict that may be 0 instead of False; Keras layers
import tensorflow as tf
from tensorflow.keras.layers import Flatten, Reshape


def flatten(t):
    return Flatten()(tf.expand_dims(t, 0))[0]


def to_shape(t, shape):
    return Reshape(tuple(shape))(t[tf.newaxis])[0]


def infer_rows(t, columns):
    rows, rest = divmod(int(tf.reduce_prod(t.shape)), columns)
    assert rest == 0
    flat = flatten(t)
    return [flat[r * columns : (r + 1) * columns] for r in range(rows)]


def is_possible(size, shape):
    known, unknown = 1, 0
    for length in shape:
        if length == -1:
            unknown += 1
        else:
            known *= length
    if unknown == 0:
        return known == size
    return unknown == 1 and (known and size % known == 0)
