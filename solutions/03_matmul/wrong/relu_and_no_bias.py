# variant: wrong
# fails: small_layer
# mistake: no_bias
# parts: x @ w + b
# who: two mistakes at once: no bias, and an activation function that the layer does not have
import tensorflow as tf


def multiply_matrices(a, b):
    return a @ b


def dense_forward(x, w, b):
    return tf.nn.relu(tf.matmul(x, w))


def product_shape(m, n, k):
    return m, k
