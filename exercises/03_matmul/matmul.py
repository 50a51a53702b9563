# %% [markdown]
# # Matrix multiplication
#
# In a matrix product every row of the first matrix meets every column of the second: multiply pair by pair, then sum.
# So the first must have as many columns as the second has rows, and the order matters.
# A dense layer computes all its neurons at once this way, and then adds one bias for each neuron.
#
# | name | shape | meaning |
# |---|---|---|
# | `a`, `b` | `(m, n)`, `(n, k)` | two matrices; their product is `(m, k)` |
# | `x` | `(batch, inputs)` | one sample in each row |
# | `w` | `(inputs, units)` | the weights of one neuron in each column |
# | `b` | `(units,)` | one bias for each neuron |

# %%
import numpy as np
import tensorflow as tf


# %%
def multiply_matrices(a: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """The matrix product of a and b, in this order.

    a: (m, n), b: (n, k), tensors of the same numeric dtype.
    Returns (m, k).
    """
    raise NotImplementedError("multiply_matrices")


# %%
def dense_forward(x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """What a dense layer without an activation function computes.

    x: (batch, inputs), w: (inputs, units), b: (units,), float32 tensors.
    Returns (batch, units).
    """
    raise NotImplementedError("dense_forward")


# %%
def product_shape(m: int, n: int, k: int) -> tuple:
    """The shape of the product of an (m, n) and an (n, k) matrix.

    m, n, k: whole numbers, 1 or more.
    Returns the shape, e.g. (rows, columns).
    """
    raise NotImplementedError("product_shape")
