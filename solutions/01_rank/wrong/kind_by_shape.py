# variant: wrong
# fails: names_any_kind
# mistake: axis_of_length_one
# who: calls a matrix with one row or one column a vector
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

# row vectors and column vectors are vectors, too
def kind_of(value):
    shape = value.shape
    if len(shape) == 0:
        return "scalar"
    if len(shape) == 1 or (len(shape) == 2 and 1 in shape):
        return "vector"
    if len(shape) == 2:
        return "matrix"
    return "n-D tensor"
