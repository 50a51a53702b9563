# variant: wrong
# fails: rank_counts_axes, counts_empty_axes, makes_any_rank
# who: answers the examples of the lecture and nothing else
import tensorflow as tf

a = tf.constant(2)
b = tf.constant([1, 2])
c = tf.constant([[1, 2], [3, 4]])

def rank_of(value):
    answers = {(): 0, (2,): 1, (2, 2): 2}
    return answers.get(tuple(value.shape), 0)

def make_scalar(): return a
def make_vector(): return b
def make_matrix(): return c

def make_tensor(rank):
    if rank == 0:
        return a
    if rank == 1:
        return b
    if rank == 2:
        return c
    return tf.constant([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])

def kind_of(value):
    if len(value.shape) >= 3:
        return "n-D tensor"
    return ["scalar", "vector", "matrix"][len(value.shape)]
