# variant: wrong
# fails: lecture_shape
# mistake: shape_reversed
# who: columns first
import tensorflow as tf

def multiply_matrices(a, b):
    return tf.matmul(a, b)

def dense_forward(x, w, b):
    return tf.matmul(x, w) + b

def product_shape(m, n, k):
    return [k, m]
