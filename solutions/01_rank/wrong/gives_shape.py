# variant: wrong
# fails: lecture_ranks
# mistake: shape_not_rank
# who: returns the shape
# %%
import tensorflow as tf

# %%
def rank_of(value):
    value = tf.convert_to_tensor(value)
    return value.shape

# %%
def make_scalar():
    return tf.constant(2)

# %%
def make_vector():
    return tf.constant([1, 2])

# %%
def make_matrix():
    return tf.constant([[1, 2], [3, 4]])

# %%
def make_tensor(rank):
    return tf.zeros([1] * rank)

# %%
def kind_of(value):
    return ["scalar", "vector", "matrix", "n-D tensor"][min(value.ndim, 3)]
