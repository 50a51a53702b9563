# variant: wrong
# fails: small_layer
# mistake: bias_down_the_rows
# parts: x @ w + b
# who: makes a column of the bias
import numpy as np
import tensorflow as tf

def multiply_matrices(a, b):
    return tf.matmul(a, b)

def dense_forward(x, w, b):
    b = tf.reshape(b, [-1, 1])
    return tf.matmul(x, w) + b

def product_shape(m, n, k):
    return (m, k)
