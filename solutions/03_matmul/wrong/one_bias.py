# variant: wrong
# fails: small_layer
# mistake: first_bias_for_all
# who: adds only the first bias, as for one neuron
import numpy as np

def multiply_matrices(a, b):
    return np.dot(a, b)

def dense_forward(x, w, b):
    return np.dot(x, w) + b[0]

def product_shape(m, n, k):
    return m, k
