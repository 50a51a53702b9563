# %% [markdown]
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
    """텐서의 모든 값을 행 순서대로 읽어 한 줄로 늘어놓은 텐서.

    t: 랭크가 1 이상인 텐서.
    형태가 (값의 개수,)인 텐서를 반환합니다.
    """
    raise NotImplementedError("flatten")


# %%
def to_shape(t: tf.Tensor, shape: list) -> tf.Tensor:
    """텐서의 값을 행 순서대로 읽어 새 형태에 담은 텐서.

    t: 랭크가 1 이상인 텐서.
    shape: 길이의 리스트. 예를 들어 [3, 2]이며, 그중 하나는 -1일 수 있습니다. 언제나 맞는 형태만 주어집니다.
    새 형태의 텐서를 반환합니다.
    """
    raise NotImplementedError("to_shape")


# %%
def infer_rows(t: tf.Tensor, columns: int) -> tf.Tensor:
    """텐서의 값을 열이 `columns`개인 행렬에 담은 텐서. 행의 개수는 값의 개수에 맞춥니다.

    t: 랭크가 1 이상인 텐서. 값의 개수는 `columns`의 배수입니다.
    형태가 (행, columns)인 텐서를 반환합니다.
    """
    raise NotImplementedError("infer_rows")


# %%
def is_possible(size: int, shape: list) -> bool:
    """값이 `size`개인 텐서를 `shape` 형태로 바꿀 수 있는지.

    size: 값의 개수, 0 이상.
    shape: 길이의 리스트. 길이는 1 이상이거나 0이며, 계산해서 채울 길이는 -1로 씁니다.
    -1이 둘 이상이면 계산할 수 없습니다. True나 False를 반환합니다.
    """
    raise NotImplementedError("is_possible")
