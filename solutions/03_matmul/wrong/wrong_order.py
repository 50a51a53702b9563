# variant: wrong
# fails: lecture_product, small_layer
# mistake: swapped_order
# who: writes the second matrix first, and w times x as in a textbook with columns
import numpy as np

def multiply_matrices(a, b):
    return np.matmul(b, a)

def dense_forward(x, w, b):
    # y = Wx + b
    return np.matmul(w, x) + b

def product_shape(m, n, k):
    return (m, k)
