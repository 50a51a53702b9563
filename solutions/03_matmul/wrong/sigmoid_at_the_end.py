# variant: wrong
# fails: small_layer
# mistake: activation_added
# who: copied a neuron with its sigmoid
import numpy as np

def multiply_matrices(a, b):
    return np.dot(a, b)

def dense_forward(x, w, b):
    z = np.dot(x, w) + b
    return 1 / (1 + np.exp(-z))

def product_shape(m, n, k):
    return m, k
