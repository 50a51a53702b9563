# variant: wrong
# fails: small_layer
# mistake: element_wise
# parts: x @ w
# who: tf.multiply in the layer
import tensorflow as tf


def multiply_matrices(a, b):
    return tf.matmul(a, b)


def dense_forward(x, w, b):
    y = tf.multiply(x, w)
    return tf.add(y, b)


def product_shape(m, n, k):
    return (m, k)
