# variant: right
# who: np.dot in float64, Korean comments, checks itself with prints
# %%
import numpy as np
import tensorflow as tf

# 강의 예제
a = tf.constant([[3, 4], [2, 1]])
b = tf.constant([[1, 5], [3, 7]])
print(tf.matmul(a, b))

# %%
def multiply_matrices(a, b):
    a = np.array(a, dtype=np.float64)   # 텐서 -> 넘파이
    b = np.array(b, dtype=np.float64)
    return a.dot(b)

print(multiply_matrices(a, b))

# %%
def dense_forward(x, w, b):
    # 행렬곱 + 편향
    z = np.dot(x, w)
    z = z + np.array(b)
    return z

x = np.random.rand(10, 5)
w = np.random.rand(5, 3)
print(dense_forward(x, w, np.zeros(3)).shape)

# %%
def product_shape(m, n, k):
    return np.dot(np.ones((m, n)), np.ones((n, k))).shape

assert product_shape(10, 5, 3) == (10, 3)
