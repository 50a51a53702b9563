# variant: wrong
# fails: lecture_product, small_layer, lecture_shape
# who: TensorFlow 1 spelling copied from an old post, and a forgotten return
import tensorflow as tf

def multiply_matrices(a, b):
    with tf.Session() as sess:
        return sess.run(tf.matmul(a, b))

def dense_forward(x, w, b):
    return tf.add(tf.mul(x, w), b)

def product_shape(m, n, k):
    print((m, k))
