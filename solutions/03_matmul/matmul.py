# %% [markdown] lang="en"
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

# %% [markdown] lang="ko"
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
    """The matrix product of a and b, in this order.

    a: (m, n), b: (n, k), tensors of the same numeric dtype.
    Returns (m, k).
    """
    ### BEGIN SOLUTION
    return tf.matmul(a, b)
    ### END SOLUTION


# %%
def dense_forward(x: tf.Tensor, w: tf.Tensor, b: tf.Tensor) -> tf.Tensor:
    """What a dense layer without an activation function computes.

    x: (batch, inputs), w: (inputs, units), b: (units,), float32 tensors.
    Returns (batch, units).
    """
    ### BEGIN SOLUTION
    return tf.matmul(x, w) + b
    ### END SOLUTION


# %%
def product_shape(m: int, n: int, k: int) -> tuple:
    """The shape of the product of an (m, n) and an (n, k) matrix.

    m, n, k: whole numbers, 1 or more.
    Returns the shape, e.g. (rows, columns).
    """
    ### BEGIN SOLUTION
    return (m, k)
    ### END SOLUTION
