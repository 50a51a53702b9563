# %% [markdown]
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
    """텐서의 랭크, 즉 축의 개수.

    value: 형태가 어떤 텐서든 됩니다. 길이가 0인 축이 있을 수도 있습니다.
    정수를 반환합니다. 예를 들어 tf.constant(2)이면 0입니다.
    """
    raise NotImplementedError("rank_of")


# %%
def make_scalar() -> tf.Tensor:
    """랭크가 0인 텐서, 형태는 (). 값은 마음대로 정하세요."""
    raise NotImplementedError("make_scalar")


# %%
def make_vector() -> tf.Tensor:
    """랭크가 1인 텐서, 형태는 (n,). 길이 n과 값은 마음대로 정하세요."""
    raise NotImplementedError("make_vector")


# %%
def make_matrix() -> tf.Tensor:
    """랭크가 2인 텐서, 형태는 (행, 열). 길이와 값은 마음대로 정하세요."""
    raise NotImplementedError("make_matrix")


# %%
def make_tensor(rank: int) -> tf.Tensor:
    """주어진 랭크의 텐서.

    rank: 0 이상의 정수.
    축이 `rank`개인 텐서를 반환합니다. 축의 길이와 값은 마음대로 정하세요.
    """
    raise NotImplementedError("make_tensor")


# %%
def kind_of(value: tf.Tensor) -> str:
    """이 랭크의 텐서를 부르는 말.

    value: 형태가 어떤 텐서든 됩니다.
    랭크가 0, 1, 2이면 "scalar", "vector", "matrix"를, 3 이상이면 "n-D tensor"를 반환합니다.
    """
    raise NotImplementedError("kind_of")
