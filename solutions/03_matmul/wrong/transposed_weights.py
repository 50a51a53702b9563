# variant: wrong
# fails: small_layer
# mistake: transposed
# parts: x @ w
# who: transposes w, as in PyTorch
# %%
import tensorflow as tf

# %%
def multiply_matrices(a, b):
    return a @ b

# %%
def dense_forward(x, w, b):
    # nn.Linear stores (units, inputs)
    return tf.matmul(x, w, transpose_b=True) + b

# %%
def product_shape(m, n, k):
    return (m, k)
