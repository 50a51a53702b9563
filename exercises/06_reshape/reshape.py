# %% [markdown]
# # Reshaping a tensor
#
# Think of all values as one long row, read row by row: the last index runs fastest. Reshaping keeps that row and only cuts it in other places.
# That is not transposing, which swaps axes and so changes the order.
# The lengths of the new shape must multiply to the number of values. One of them may be `-1`: TensorFlow then works it out from the rest.
#
# | tensor | shape |
# |---|---|
# | `[[1, 2, 3], [4, 5, 6]]` | `(2, 3)` |
# | `[1, 2, 3, 4, 5, 6]` | `(6,)` |
# | `[[1, 2], [3, 4], [5, 6]]` | `(3, 2)`, also from `[-1, 2]` |
# | one without values | `(0, 3)`: 0 times 3 values |

# %%
import math

import numpy as np
import tensorflow as tf


# %%
def flatten(t: tf.Tensor) -> tf.Tensor:
    """All values of a tensor in one row, read row by row.

    t: a tensor of rank 1 or more.
    Returns shape (number of values,).
    """
    raise NotImplementedError("flatten")


# %%
def to_shape(t: tf.Tensor, shape: list) -> tf.Tensor:
    """The values of a tensor in a new shape, read row by row.

    t: a tensor of rank 1 or more.
    shape: list of lengths, e.g. [3, 2]; one of them may be -1. It always fits.
    Returns a tensor of the new shape.
    """
    raise NotImplementedError("to_shape")


# %%
def infer_rows(t: tf.Tensor, columns: int) -> tf.Tensor:
    """The values of a tensor as a matrix with so many columns, and as many rows as it takes.

    t: a tensor of rank 1 or more; its number of values is a multiple of `columns`.
    Returns shape (rows, columns).
    """
    raise NotImplementedError("infer_rows")


# %%
def is_possible(size: int, shape: list) -> bool:
    """Whether a tensor with `size` values can be reshaped to `shape`.

    size: number of values, 0 or more.
    shape: list of lengths of 1 or more, or 0; also -1 for a length to be worked out.
    More than one -1 cannot be worked out. Returns True or False.
    """
    raise NotImplementedError("is_possible")
