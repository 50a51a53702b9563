# variant: right
# who: returns tf.rank as the tensor it is, and counts the axes in the name of the kind
# %%
import tensorflow as tf

# %%
def rank_of(value):
    return tf.rank(value)

# %%
def make_scalar(): return tf.constant(7.0)
def make_vector(): return tf.range(5)
def make_matrix(): return tf.eye(2)

# %%
def make_tensor(rank):
    shape = []
    for i in range(rank):
        shape.append(i + 1)
    return tf.random.uniform(shape)

# %%
def kind_of(value):
    r = tf.rank(value)
    if r == 0:
        return "Scalar"
    elif r == 1:
        return "Vector"
    elif r == 2:
        return "Matrix"
    return f"{r.numpy()}-D Tensor"

# %%
print(rank_of(tf.constant([[1, 2], [3, 4]])))
print(kind_of(make_tensor(4)))
