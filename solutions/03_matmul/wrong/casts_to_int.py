# variant: wrong
# fails: any_conformable_shapes
# mistake: whole_numbers_only
# who: casts to int32 so that dtypes agree
import tensorflow as tf

def multiply_matrices(a, b):
    a = tf.cast(a, tf.int32)
    b = tf.cast(b, tf.int32)
    return tf.matmul(a, b)

def dense_forward(x, w, b):
    return tf.matmul(x, w) + b

def product_shape(m, n, k):
    return (m, k)
