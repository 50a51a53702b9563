# variant: wrong
# fails: lecture_ranks
# mistake: shape_not_rank
# who: tf.shape instead of tf.rank
import tensorflow as tf
rank_of = lambda value: tf.shape(value)
make_scalar = lambda: tf.constant(2)
make_vector = lambda: tf.constant([1, 2])
make_matrix = lambda: tf.constant([[1, 2], [3, 4]])
make_tensor = lambda rank: tf.zeros([2] * rank)
kind_of = lambda value: {0: "scalar", 1: "vector", 2: "matrix"}.get(value.ndim, "n-D tensor")
