# variant: right
# who: a column of ones in x and the bias as a row of w, as in linear regression; tf.function, map_fn, a variable
import numpy as np
import tensorflow as tf


@tf.function
def multiply_matrices(a, b):
    return tf.map_fn(lambda row: tf.reduce_sum(row[:, None] * b, axis=0), a)


def dense_forward(x, w, b):
    x1 = np.hstack([np.ones((len(x), 1)), x])
    w1 = np.vstack([b, w])
    out = tf.Variable(tf.zeros((len(x), len(b)), dtype=tf.float64))
    out.assign(x1 @ w1)
    return out


def product_shape(m, n, k):
    print((m, n), "x", (n, k))
    return np.empty((m, n)).dot(np.empty((n, k))).shape
