# variant: wrong
# fails: any_conformable_shapes, keeps_both_axes
# mistake: axis_dropped
# parts: return
# who: cleans up the result with squeeze
import numpy as np
import tensorflow as tf

def multiply_matrices(a, b):
    return np.squeeze(np.matmul(a, b))

def dense_forward(x, w, b):
    return tf.squeeze(tf.matmul(x, w) + b)

def product_shape(m, n, k):
    return (m, k)
