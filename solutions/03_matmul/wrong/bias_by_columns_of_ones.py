# variant: wrong
# fails: small_layer
# parts: x @ w + b
# who: a bias of their own making, kept in a variable
import tensorflow as tf


def multiply_matrices(a, b):
    return tf.linalg.matmul(a, b)


def dense_forward(x, w, b):
    product = tf.matmul(x, w)
    sums = product + tf.reduce_mean(b)  # one bias for the layer
    return sums


def product_shape(m, n, k):
    return tf.TensorShape([m, k])
