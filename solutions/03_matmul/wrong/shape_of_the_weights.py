# variant: wrong
# fails: lecture_shape
# mistake: shape_of_an_input
# who: returns the shape of w by mistake
import tensorflow as tf
import numpy as np

def multiply_matrices(a, b):
    return np.dot(a, b)

def dense_forward(x, w, b):
    return np.dot(x, w) + b

def product_shape(m, n, k):
    x = tf.random.uniform((m, n))
    w = tf.random.uniform((n, k))
    d = tf.matmul(x, w)
    print(f'크기 {d.shape}')
    return w.shape
