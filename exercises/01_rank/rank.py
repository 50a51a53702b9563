# %% [markdown]
# # Rank: how many axes a tensor has
#
# The rank of a tensor is its number of axes: how many pairs of brackets enclose a single value.
# It is not the shape (the length of each axis), not the size (the number of values), and not the rank of a matrix in linear algebra.
# `[1, 2]` and `[1, 2, 3, 4, 5]` both have rank 1. An axis of length 1 or 0 counts like any other.
#
# | value | shape | rank | kind |
# |---|---|---|---|
# | `2` | `()` | 0 | scalar |
# | `[1, 2]` | `(2,)` | 1 | vector |
# | `[[1, 2], [3, 4]]` | `(2, 2)` | 2 | matrix |
# | three axes or more | `(a, b, c, …)` | n | n-D tensor |

# %%
import numpy as np
import tensorflow as tf


# %%
def rank_of(value: tf.Tensor) -> int:
    """The rank of a tensor: its number of axes.

    value: a tensor of any shape; an axis may also have length 0.
    Returns a whole number, e.g. 0 for tf.constant(2).
    """
    raise NotImplementedError("rank_of")


# %%
def make_scalar() -> tf.Tensor:
    """A tensor of rank 0, shape (). Its value is up to you."""
    raise NotImplementedError("make_scalar")


# %%
def make_vector() -> tf.Tensor:
    """A tensor of rank 1, shape (n,). Its length n and its values are up to you."""
    raise NotImplementedError("make_vector")


# %%
def make_matrix() -> tf.Tensor:
    """A tensor of rank 2, shape (rows, columns). Its lengths and values are up to you."""
    raise NotImplementedError("make_matrix")


# %%
def make_tensor(rank: int) -> tf.Tensor:
    """A tensor of the given rank.

    rank: a whole number, 0 or more.
    Returns a tensor with `rank` axes. Their lengths and the values are up to you.
    """
    raise NotImplementedError("make_tensor")


# %%
def kind_of(value: tf.Tensor) -> str:
    """What people call a tensor of this rank.

    value: a tensor of any shape.
    Returns "scalar", "vector" or "matrix" for rank 0, 1 or 2, and "n-D tensor" from rank 3 on.
    """
    raise NotImplementedError("kind_of")
