# variant: wrong
# fails: rank_counts_axes, counts_empty_axes, lecture_kinds
# mistake: stops_at_matrix
# who: handles only the three cases of the lecture
import tensorflow as tf

def rank_of(value):
    if value.shape == ():
        return 0
    elif len(value.shape) == 1:
        return 1
    else:
        return 2

def make_scalar():
    return tf.constant(5)

def make_vector():
    return tf.constant([5, 6])

def make_matrix():
    return tf.constant([[5, 6]])

def make_tensor(rank):
    return tf.zeros(shape=[2] * rank)

def kind_of(value):
    if rank_of(value) == 0:
        return "scalar"
    if rank_of(value) == 1:
        return "vector"
    return "matrix"
