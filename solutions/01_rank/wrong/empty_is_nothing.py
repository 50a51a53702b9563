# variant: wrong
# fails: names_any_kind
# who: takes a tensor without values for a scalar
import tensorflow as tf

def rank_of(value): return value.ndim
def make_scalar(): return tf.constant(1)
def make_vector(): return tf.range(3)
def make_matrix(): return tf.eye(2)
def make_tensor(rank): return tf.ones([2] * rank)

def kind_of(value):
    if tf.size(value) == 0:
        return "scalar"
    return ["scalar", "vector", "matrix", "n-D tensor"][min(rank_of(value), 3)]
