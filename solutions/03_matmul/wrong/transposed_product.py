# variant: wrong
# fails: lecture_product
# mistake: transposed
# who: takes rows of both matrices
import tensorflow as tf


def multiply_matrices(a, b):
    result = []
    for row in a:
        line = []
        for other in b:
            line.append(tf.reduce_sum(row * other))
        result.append(line)
    return tf.convert_to_tensor(result)


def dense_forward(x, w, b):
    return tf.matmul(x, w) + b


def product_shape(m, n, k):
    return (m, k)
