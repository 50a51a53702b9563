# variant: wrong
# fails: small_layer
# mistake: bias_subtracted
# who: takes the bias for a threshold
import tensorflow as tf
def multiply_matrices(a, b): return tf.matmul(a, b)
def dense_forward(x, w, b): return tf.matmul(x, w) - b   # 임계값을 뺀다
def product_shape(m, n, k): return (m, k)
