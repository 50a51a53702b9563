# variant: wrong
# fails: makes_scalar_vector_matrix
# mistake: matrix_with_one_axis
# who: tf.zeros(2, 3), where 3 is read as a dtype
import tensorflow as tf

def rank_of(value):
    return value.ndim

def make_scalar():
    return tf.zeros(())

def make_vector():
    return tf.zeros(3)

def make_matrix():
    return tf.zeros(2, 3)

def make_tensor(rank):
    return tf.zeros((4,) * rank)

def kind_of(value):
    return {0: "scalar", 1: "vector", 2: "matrix"}.get(value.ndim, "n-D tensor")
