# %% [markdown] lang="en"
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

# %% [markdown] lang="ko"
# # 랭크: 텐서의 축은 몇 개일까?
#
# 텐서의 랭크(Rank)는 축의 개수입니다. 값 하나를 꺼낼 때 필요한 인덱스의 개수, 또는 값을 겹겹이 감싼 대괄호의 개수라고 생각해도 됩니다.
# 랭크는 형태(shape, 각 축의 길이)도, 크기(size, 값의 개수)도 아니며, 선형대수에서 말하는 행렬의 계수(rank)와도 다릅니다.
# `[1, 2]`와 `[1, 2, 3, 4, 5]`는 값의 개수가 달라도 둘 다 랭크가 1입니다. 길이가 1이거나 0인 축도 축 하나로 셉니다.
#
# | 값 | 형태(shape) | 랭크 | 부르는 말 |
# |---|---|---|---|
# | `2` | `()` | 0 | 스칼라(scalar) |
# | `[1, 2]` | `(2,)` | 1 | 벡터(vector) |
# | `[[1, 2], [3, 4]]` | `(2, 2)` | 2 | 행렬(matrix) |
# | 축이 3개 이상 | `(a, b, c, …)` | n | n차원 텐서(n-D tensor) |

# %%
import numpy as np
import tensorflow as tf


# %%
def rank_of(value: tf.Tensor) -> int:
    """The rank of a tensor: its number of axes.

    value: a tensor of any shape; an axis may also have length 0.
    Returns a whole number, e.g. 0 for tf.constant(2).
    """
    ### BEGIN SOLUTION
    return int(tf.rank(value))
    ### END SOLUTION


# %%
def make_scalar() -> tf.Tensor:
    """A tensor of rank 0, shape (). Its value is up to you."""
    ### BEGIN SOLUTION
    return tf.constant(2)
    ### END SOLUTION


# %%
def make_vector() -> tf.Tensor:
    """A tensor of rank 1, shape (n,). Its length n and its values are up to you."""
    ### BEGIN SOLUTION
    return tf.constant([1, 2])
    ### END SOLUTION


# %%
def make_matrix() -> tf.Tensor:
    """A tensor of rank 2, shape (rows, columns). Its lengths and values are up to you."""
    ### BEGIN SOLUTION
    return tf.constant([[1, 2], [3, 4]])
    ### END SOLUTION


# %%
def make_tensor(rank: int) -> tf.Tensor:
    """A tensor of the given rank.

    rank: a whole number, 0 or more.
    Returns a tensor with `rank` axes. Their lengths and the values are up to you.
    """
    ### BEGIN SOLUTION
    return tf.zeros([2] * rank)
    ### END SOLUTION


# %%
def kind_of(value: tf.Tensor) -> str:
    """What people call a tensor of this rank.

    value: a tensor of any shape.
    Returns "scalar", "vector" or "matrix" for rank 0, 1 or 2, and "n-D tensor" from rank 3 on.
    """
    ### BEGIN SOLUTION
    names = ["scalar", "vector", "matrix"]
    rank = rank_of(value)
    return names[rank] if rank < len(names) else "n-D tensor"
    ### END SOLUTION
