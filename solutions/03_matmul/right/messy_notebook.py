# variant: right
# who: notebook export with failed experiments between the cells, bias_add, 0-d tensors in the shape
# In[1]:
import tensorflow as tf
import numpy as np
# In[2]:
A = tf.constant([[3, 4], [2, 1]])
B = tf.constant([[1, 5], [3, 7]])
A * B
# In[3]:
tf.matmul(tf.constant([1, 2]), tf.constant([3, 4]))    # error: rank 1
# In[5]:
def multiply_matrices(a, b):
    C = np.zeros((a.shape[0], b.shape[1]))
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            C[i, j] = np.sum(a[i, :] * b[:, j])
    return tf.constant(C)
multiply_matrices(A, B)
# In[6]:
def dense_forward(x, w, b):
    out = tf.matmul(x, w)
    out = tf.nn.bias_add(out, b)
    return out
# In[9]:
def product_shape(m, n, k):
    c = tf.zeros([m, n]) @ tf.zeros([n, k])
    s = tf.shape(c)
    return s[0], s[1]
print(product_shape(10, 5, 3))
