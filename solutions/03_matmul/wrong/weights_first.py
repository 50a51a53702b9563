# variant: wrong
# fails: small_layer
# mistake: weights_first
# who: swapped the first two parameters
import tensorflow as tf

def multiply_matrices(a, b):
    return a @ b

def dense_forward(w, x, b):
    return x @ w + b

def product_shape(m, n, k):
    return tf.TensorShape([m, k])
