# variant: wrong
# fails: small_layer
# mistake: bias_before_product
# parts: x @ w
# who: adds the bias to the inputs
import tensorflow as tf


def multiply_matrices(a, b):
    return tf.matmul(a, b)


def dense_forward(x, w, b):
    return tf.matmul(x + b, w)


def product_shape(m, n, k):
    return (m, k)
