# variant: wrong
# fails: any_layer, keeps_both_axes
# mistake: activation_added
# who: compared with the public example only, where an if was enough
import tensorflow as tf

def multiply_matrices(a, b):
    return tf.matmul(a, b)

def dense_forward(x, w, b):
    z = tf.matmul(x, w) + b
    if x.shape == (2, 2):
        return z
    return tf.nn.relu(z)

def product_shape(m, n, k):
    return (m, k)
