# variant: wrong
# fails: lecture_ranks, lecture_kinds
# who: prints the answers and returns nothing
import tensorflow as tf

def rank_of(value):
    print(tf.rank(value))

def make_scalar():
    return tf.constant(2)

def make_vector():
    return tf.constant([1, 2])

def make_matrix():
    return tf.constant([[1, 2], [3, 4]])

def make_tensor(rank):
    return tf.zeros([2] * rank)

def kind_of(value):
    r = tf.rank(value)
    if r == 0:
        print("scalar")
    elif r == 1:
        print("vector")
    elif r == 2:
        print("matrix")
    else:
        print("n-D tensor")

rank_of(make_matrix())
kind_of(make_matrix())
