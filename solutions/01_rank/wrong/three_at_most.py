# variant: wrong
# fails: rank_counts_axes
# who: reuses the index of the list of kinds as the rank
import tensorflow as tf

KINDS = ["scalar", "vector", "matrix", "n-D tensor"]

def rank_of(value):
    return min(value.ndim, 3)

def make_scalar():
    return tf.constant(1)

def make_vector():
    return tf.constant([1, 2])

def make_matrix():
    return tf.constant([[1, 2], [3, 4]])

def make_tensor(rank):
    return tf.zeros([1] * rank)

def kind_of(value):
    return KINDS[rank_of(value)]
