# %% [markdown]
# # 행렬곱
#
# 두 행렬을 곱할 때는 앞 행렬의 각 행과 뒤 행렬의 각 열을 짝지어, 원소끼리 곱한 다음 모두 더합니다.
# 그래서 앞 행렬의 열 개수와 뒤 행렬의 행 개수가 같아야 하고, 곱하는 순서를 바꾸면 결과도 달라집니다.
# 밀집층(Dense)은 이 방법으로 모든 뉴런을 한꺼번에 계산합니다. `x`의 행 하나가 샘플 하나, `w`의 열 하나가 뉴런 하나이며, 뉴런마다 편향을 하나씩 더합니다.
#
# | 이름 | 형태(shape) | 뜻 |
# |---|---|---|
# | `a`, `b` | `(m, n)`, `(n, k)` | 두 행렬. 행렬곱은 `(m, k)` |
# | `x` | `(batch, inputs)` | 행마다 샘플 하나 |
# | `w` | `(inputs, units)` | 열마다 뉴런 하나의 가중치 |
# | `b` | `(units,)` | 뉴런마다 편향 하나 |

# %%
import numpy as np
import tensorflow as tf


# %%
def multiply_matrices(a: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """a와 b를 이 순서로 곱한 행렬곱.

    a: (m, n), b: (n, k), dtype이 같은 수치 텐서.
    (m, k)를 반환합니다.
    """
    raise NotImplementedError("multiply_matrices")


# %%
def dense_forward(x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """활성화 함수가 없는 밀집층(Dense)이 계산하는 값.

    x: (batch, inputs), w: (inputs, units), b: (units,), 모두 float32 텐서.
    (batch, units)를 반환합니다.
    """
    raise NotImplementedError("dense_forward")


# %%
def product_shape(m: int, n: int, k: int) -> tuple:
    """(m, n) 행렬과 (n, k) 행렬을 곱한 결과의 형태.

    m, n, k: 1 이상의 정수.
    (행, 열)처럼 형태를 반환합니다.
    """
    raise NotImplementedError("product_shape")
