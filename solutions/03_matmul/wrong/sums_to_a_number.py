# variant: wrong
# fails: lecture_product
# mistake: summed_up
# who: inner product of everything with everything
import numpy as np

def multiply_matrices(a, b):
    # 내적 = 곱해서 더하기
    return np.sum(np.multiply(a, b))

def dense_forward(x, w, b):
    return np.dot(x, w) + b

def product_shape(m, n, k):
    return m, k
