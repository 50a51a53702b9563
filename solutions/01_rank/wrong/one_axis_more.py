# variant: wrong
# fails: makes_rank_three
# mistake: one_bracket_too_many
# who: wraps a list once too often
import tensorflow as tf

def rank_of(value):
    return tf.rank(value)

def make_scalar():
    return 1

def make_vector():
    return [1]

def make_matrix():
    return [[1]]

def make_tensor(rank):
    t = [1.0, 2.0]
    for i in range(rank):
        t = [t]
    return tf.convert_to_tensor(t)

def kind_of(value):
    return {0: "scalar", 1: "vector", 2: "matrix"}.get(int(tf.rank(value)), "n-D tensor")
