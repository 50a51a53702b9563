# variant: wrong
# fails: small_layer
# mistake: no_bias
# parts: x @ w + b
# who: adds the bias to a variable that is not returned
import tensorflow as tf

def multiply_matrices(a, b):
    c = tf.matmul(a, b)
    return c

def dense_forward(x, w, b):
    z = tf.matmul(x, w)
    z + b
    return z

def product_shape(m, n, k):
    return (m, k)
