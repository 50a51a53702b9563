# variant: wrong
# fails: lecture_ranks, lecture_kinds
# who: renamed a function and misspelt a call in another
import tensorflow as tf

def get_rank(value):
    return tf.rank(value)

def make_scalar():
    return tf.constant(2)

def make_vector():
    return tf.constant([1, 2])

def make_matrix():
    return tf.constant([[1, 2], [3, 4]])

def make_tensor(rank):
    return tf.zeros([2] * rank)

def kind_of(value):
    r = tf.ranks(value)
    return "scalar" if r == 0 else "vector" if r == 1 else "matrix" if r == 2 else "n-D tensor"
