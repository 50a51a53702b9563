# variant: wrong
# fails: lecture_kinds
# mistake: number_for_name
# who: gives every kind as "k-D tensor"
import tensorflow as tf

def rank_of(value):
    return int(tf.rank(value))

def make_scalar():
    return tf.constant(2)

def make_vector():
    return tf.constant([1, 2])

def make_matrix():
    return tf.constant([[1, 2], [3, 4]])

def make_tensor(rank):
    return tf.ones([2] * rank)

def kind_of(value):
    return f"{rank_of(value)}-D tensor"
