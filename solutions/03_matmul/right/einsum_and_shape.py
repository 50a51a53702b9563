# variant: right
# who: einsum and tensordot, the bias as a matrix of ones times b, TensorShape as a shape
import tensorflow as tf


def multiply_matrices(a, b):
    return tf.einsum("mn,nk->mk", a, b)


def dense_forward(x, w, b):
    ones = tf.ones((tf.shape(x)[0], 1))
    bias = tf.matmul(ones, tf.reshape(b, (1, -1)))
    return tf.add(tf.tensordot(x, w, axes=1), bias)


def product_shape(m, n, k):
    x = tf.random.uniform((m, n))
    w = tf.random.uniform((n, k))
    return tf.matmul(x, w).shape
