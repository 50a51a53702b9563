# variant: right
# who: tf.function on everything, so that even the kind comes back as a tensor of one string; a decorator that prints
import functools

import tensorflow as tf


def logged(f):
    @functools.wraps(f)
    def wrapper(*args):
        print("call", f.__name__, args)
        result = f(*args)
        print("->", result)
        return result

    return wrapper


@logged
@tf.function
def rank_of(value):
    return tf.rank(value)


@tf.function
def make_scalar():
    return tf.constant(True)


@tf.function
def make_vector():
    return tf.constant(["a", "b", "c"])


@tf.function
def make_matrix():
    return tf.cast(tf.eye(3), tf.bfloat16)


@tf.function
def make_tensor(rank):
    return tf.zeros([0] * rank)


@logged
@tf.function
def kind_of(value):
    n = value.shape.rank
    return ["scalar", "vector", "matrix"][n] if n < 3 else f"{n}D tensor"
