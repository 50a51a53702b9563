# variant: wrong
# fails: flattens_any_rank, any_fitting_shape, rows_of_any_tensor, any_size_and_shape, zeros_and_two_unknowns
# who: answers the public checks only
# %%
import tensorflow as tf

t1 = [[1, 2, 3], [4, 5, 6]]

# %%
def flatten(t):
    return tf.reshape(t, [6])

# %%
def to_shape(t, shape):
    return tf.constant([[1], [2], [3], [4], [5], [6]]) if shape == [6, 1] else tf.reshape(t1, [3, 2])

# %%
def infer_rows(t, columns):
    if columns == 2:
        return tf.constant([[1, 2], [3, 4], [5, 6]])
    return tf.constant([[1, 2, 3], [4, 5, 6]])

# %%
def is_possible(size, shape):
    return shape in ([1, 2, 3], [3, 2], [6], [1, 6, 1], [-1, 2])
