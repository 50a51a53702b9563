# variant: wrong
# fails: lecture_shape
# mistake: all_lengths
# who: lists all lengths
import numpy as np

def multiply_matrices(a, b):
    return np.matmul(a, b)

def dense_forward(x, w, b):
    return np.matmul(x, w) + b

def product_shape(m, n, k):
    return (m, n, k)
