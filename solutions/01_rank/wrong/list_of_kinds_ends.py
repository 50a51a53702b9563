# variant: wrong
# fails: names_any_kind
# who: writes a case for every rank and stops at five
import tensorflow as tf

rank_of = lambda v: len(v.shape)
make_scalar = lambda: tf.constant(1.5)
make_vector = lambda: tf.constant([1.5])
make_matrix = lambda: tf.constant([[1.5]])
make_tensor = lambda rank: tf.fill([1] * rank, 1.5)

KINDS = {0: "scalar", 1: "vector", 2: "matrix", 3: "n-D tensor", 4: "n-D tensor", 5: "n-D tensor"}

def kind_of(value):
    return KINDS[rank_of(value)]
