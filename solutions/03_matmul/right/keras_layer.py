# variant: right
# who: puts the weights into a Keras layer; the shape as a tensor
import keras
import numpy as np
import tensorflow as tf


def multiply_matrices(a, b):
    return tf.linalg.matmul(tf.convert_to_tensor(a), tf.convert_to_tensor(b)).numpy()


def dense_forward(x, w, b):
    layer = keras.layers.Dense(w.shape[1], activation="linear")
    layer.build(x.shape)
    layer.set_weights([np.array(w), np.array(b)])
    return layer(x)


def product_shape(m, n, k):
    return tf.shape(multiply_matrices(np.zeros([m, n]), np.zeros([n, k])))
