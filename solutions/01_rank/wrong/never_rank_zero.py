# variant: wrong
# fails: makes_any_rank
# mistake: one_bracket_too_many
# who: starts from [0], so that rank 0 cannot come out
import tensorflow as tf

def rank_of(value):
    return tf.rank(value).numpy()

def make_scalar():
    return tf.constant(0)

def make_vector():
    return tf.constant([0])

def make_matrix():
    return tf.constant([[0]])

def make_tensor(rank):
    nested = [0]
    for _ in range(rank - 1):
        nested = [nested]
    return tf.constant(nested)

def kind_of(value):
    if tf.rank(value) == 0: return "scalar"
    if tf.rank(value) == 1: return "vector"
    if tf.rank(value) == 2: return "matrix"
    return "n-D tensor"
