# variant: wrong
# fails: any_conformable_shapes, any_layer
# who: saves time by keeping results, and tells them apart by the shapes only
import tensorflow as tf

results = {}

def multiply_matrices(a, b):
    key = (a.shape, b.shape, a.dtype)
    if str(key) not in results:
        results[str(key)] = tf.matmul(a, b)
    return results[str(key)]

def dense_forward(x, w, b):
    return multiply_matrices(x, w) + b

def product_shape(m, n, k):
    return [m, k]
