# variant: wrong
# fails: lecture_shape
# mistake: count_not_shape
# who: multiplies the lengths
import numpy as np

multiply_matrices = np.matmul
dense_forward = lambda x, w, b: np.matmul(x, w) + b
product_shape = lambda m, n, k: m * k
