# variant: wrong
# fails: lecture_ranks
# mistake: size_not_rank
# who: takes the number of values for the rank
import tensorflow as tf


def rank_of(value):
    return tf.size(value)


def make_scalar():
    return tf.constant(1)


def make_vector():
    return tf.constant([1, 2, 3])


def make_matrix():
    return tf.constant([[1, 2, 3]])


def make_tensor(rank):
    return tf.ones([3] * rank)


def kind_of(value):
    n = len(value.shape)
    if n == 0:
        return "scalar"
    if n == 1:
        return "vector"
    if n == 2:
        return "matrix"
    return "n-D tensor"
