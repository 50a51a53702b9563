# variant: wrong
# fails: makes_scalar_vector_matrix
# mistake: one_value_in_brackets
# who: writes the scalar as [5]
import tensorflow as tf

def rank_of(value):
    return int(tf.rank(value))

def make_scalar():
    return tf.constant([5])

def make_vector():
    return tf.constant([1, 2, 3])

def make_matrix():
    return tf.constant([[1, 2, 3], [4, 5, 6]])

def make_tensor(rank):
    return tf.zeros([2] * rank)

def kind_of(value):
    return ["scalar", "vector", "matrix"][rank_of(value)] if rank_of(value) <= 2 else "n-D tensor"
