# variant: wrong
# fails: makes_rank_three
# mistake: rank_as_length
# who: tf.zeros(rank) makes a vector with rank values
import tensorflow as tf


def rank_of(value: tf.Tensor) -> int:
    return len(value.shape)


def make_scalar() -> tf.Tensor:
    return tf.constant(3)


def make_vector() -> tf.Tensor:
    return tf.constant([3, 1])


def make_matrix() -> tf.Tensor:
    return tf.constant([[3, 1], [4, 1]])


def make_tensor(rank: int) -> tf.Tensor:
    return tf.zeros(rank)


def kind_of(value: tf.Tensor) -> str:
    rank = rank_of(value)
    return "n-D tensor" if rank > 2 else ["scalar", "vector", "matrix"][rank]
