# variant: wrong
# fails: lecture_product
# mistake: element_wise
# who: multiplies with *
import tensorflow as tf

def multiply_matrices(a, b):
    return a * b

def dense_forward(x, w, b):
    return tf.matmul(x, w) + b

def product_shape(m, n, k):
    return (m, k)

print(multiply_matrices(tf.constant([[3, 4], [2, 1]]), tf.constant([[1, 5], [3, 7]])))
