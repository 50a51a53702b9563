# variant: wrong
# fails: lecture_ranks
# mistake: rank_of_linear_algebra
# who: found numpy.linalg.matrix_rank by a search for "rank"
import numpy as np
import tensorflow as tf


def rank_of(value):
    return np.linalg.matrix_rank(value)


def make_scalar():
    return tf.constant(0)


def make_vector():
    return tf.zeros(3)


def make_matrix():
    return tf.zeros((3, 3))


def make_tensor(rank):
    return tf.zeros((3,) * rank)


def kind_of(value):
    d = np.ndim(value)
    return "scalar" if d == 0 else "vector" if d == 1 else "matrix" if d == 2 else "n-D tensor"
