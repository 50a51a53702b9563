# variant: wrong
# fails: counts_empty_axes, names_any_kind
# who: counts the opening brackets in the printed value
import tensorflow as tf

def rank_of(value):
    text = str(value.numpy())
    return len(text) - len(text.lstrip("["))

def make_scalar():
    return tf.constant(1)

def make_vector():
    return tf.constant([1, 2])

def make_matrix():
    return tf.constant([[1, 2], [3, 4]])

def make_tensor(rank):
    return tf.reshape(tf.range(2 ** rank), [2] * rank)

def kind_of(value):
    return {0: "scalar", 1: "vector", 2: "matrix"}.get(rank_of(value), "n-D tensor")
