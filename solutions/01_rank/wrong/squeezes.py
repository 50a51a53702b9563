# variant: wrong
# fails: rank_counts_axes, names_any_kind
# mistake: axis_of_length_one
# who: believes that axes of length 1 do not count
import numpy as np
import tensorflow as tf


def rank_of(value):
    clean = np.squeeze(np.array(value))  # [[5]] is just a number, after all
    return clean.ndim


def make_scalar():
    return tf.constant(1.0)


def make_vector():
    return tf.constant([1.0, 2.0])


def make_matrix():
    return tf.constant([[1.0, 2.0], [3.0, 4.0]])


def make_tensor(rank):
    return tf.ones([2] * rank)


def kind_of(value):
    names = {0: "scalar", 1: "vector", 2: "matrix"}
    return names.get(rank_of(value), "n-D tensor")
