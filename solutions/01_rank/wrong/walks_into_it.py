# variant: wrong
# fails: counts_empty_axes, names_any_kind
# who: counts by taking the first element again and again
import tensorflow as tf

def rank_of(value):
    rank = 0
    while value.shape != ():
        value = value[0]
        rank += 1
    return rank

def make_scalar():
    return tf.constant(1)

def make_vector():
    return tf.constant([1])

def make_matrix():
    return tf.constant([[1]])

def make_tensor(rank):
    x = 1
    for _ in range(rank):
        x = [x]
    return tf.constant(x)

def kind_of(value):
    rank = rank_of(value)
    if rank > 2:
        return "n-D tensor"
    return ("scalar", "vector", "matrix")[rank]
