# variant: wrong
# fails: any_conformable_shapes
# who: loops over the size of the example
import numpy as np

def multiply_matrices(a, b):
    c = np.zeros((2, 2))
    for i in range(2):
        for j in range(2):
            for k in range(2):
                c[i][j] += a[i][k] * b[k][j]
    return c

def dense_forward(x, w, b):
    return np.matmul(x, w) + b

def product_shape(m, n, k):
    return (m, k)
