# variant: wrong
# fails: lecture_flatten
# mistake: first_axis_kept
# who: the Flatten layer, which keeps the batch axis
import numpy as np
import tensorflow as tf
from tensorflow import keras

def flatten(t):
    return keras.layers.Flatten()(t)

def to_shape(t, shape):
    return tf.reshape(t, shape)

def infer_rows(t, columns):
    return tf.reshape(t, (-1, columns))

def is_possible(size, shape):
    try:
        np.zeros(size).reshape(shape)
        return True
    except:
        return False
