# variant: wrong
# fails: lecture_shape
# mistake: count_not_shape
# who: tf.size where tf.shape was meant
import tensorflow as tf

def multiply_matrices(a, b):
    return tf.matmul(a, b)

def dense_forward(x, w, b):
    return tf.nn.bias_add(tf.matmul(x, w), b)

def product_shape(m, n, k):
    return tf.size(tf.matmul(tf.ones([m, n]), tf.ones([n, k])))
