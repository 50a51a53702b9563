# %% [markdown] lang="en"
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

# %% [markdown] lang="ko"
# # 텐서의 형태 바꾸기
#
# reshape는 값도, 값이 늘어선 순서도 바꾸지 않고, 한 줄로 늘어선 값을 끊는 자리만 바꿉니다. 값은 행 순서대로, 곧 마지막 인덱스가 가장 빨리 변하도록 읽습니다.
# 축을 맞바꾸어 순서까지 달라지는 전치(transpose)와는 다릅니다.
# 새 형태의 길이를 모두 곱하면 값의 개수와 같아야 합니다. 길이 하나는 `-1`로 둘 수 있고, 그러면 텐서플로우가 나머지로부터 계산해 줍니다.
#
# | 텐서 | 형태(shape) |
# |---|---|
# | `[[1, 2, 3], [4, 5, 6]]` | `(2, 3)` |
# | `[1, 2, 3, 4, 5, 6]` | `(6,)` |
# | `[[1, 2], [3, 4], [5, 6]]` | `(3, 2)`, `[-1, 2]`로 써도 같음 |
# | 값이 없는 텐서 | `(0, 3)`: 값이 0 곱하기 3개 |

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
    ### BEGIN SOLUTION
    return tf.reshape(t, [-1])
    ### END SOLUTION


# %%
def to_shape(t: tf.Tensor, shape: list) -> tf.Tensor:
    """The values of a tensor in a new shape, read row by row.

    t: a tensor of rank 1 or more.
    shape: list of lengths, e.g. [3, 2]; one of them may be -1. It always fits.
    Returns a tensor of the new shape.
    """
    ### BEGIN SOLUTION
    return tf.reshape(t, shape)
    ### END SOLUTION


# %%
def infer_rows(t: tf.Tensor, columns: int) -> tf.Tensor:
    """The values of a tensor as a matrix with so many columns, and as many rows as it takes.

    t: a tensor of rank 1 or more; its number of values is a multiple of `columns`.
    Returns shape (rows, columns).
    """
    ### BEGIN SOLUTION
    return tf.reshape(t, [-1, columns])
    ### END SOLUTION


# %%
def is_possible(size: int, shape: list) -> bool:
    """Whether a tensor with `size` values can be reshaped to `shape`.

    size: number of values, 0 or more.
    shape: list of lengths of 1 or more, or 0; also -1 for a length to be worked out.
    More than one -1 cannot be worked out. Returns True or False.
    """
    ### BEGIN SOLUTION
    known = math.prod(length for length in shape if length != -1)
    unknown = list(shape).count(-1)
    if unknown == 0:
        return known == size
    return unknown == 1 and known > 0 and size % known == 0
    ### END SOLUTION
