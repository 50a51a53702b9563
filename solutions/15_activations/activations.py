# %% [markdown] lang="en"
# # Activation functions by hand
# Without a non-linear activation, a stack of layers is no more than one linear layer. Here you write the usual activation functions yourself and draw them. All but softmax treat every number by itself and keep the shape of `x`. Softmax turns the scores along the last axis into probabilities. Mind large numbers: at ±1000 an overflow warning does no harm, but NaN does.
#
# | name | shape | dtype |
# |---|---|---|
# | `x` | any: a number, a list of numbers, an array of any rank | float |
# | `x` of softmax | (..., classes) | float |
# | `alpha` of prelu | () or (features,) | float |
# | answer | the shape of `x` | float |
#
# %% [markdown] lang="ko"
# # 활성화 함수 직접 구현하기
# 비선형 활성화 함수가 없으면 층을 아무리 쌓아도 선형 층 하나와 같습니다. 자주 쓰는 활성화 함수를 직접 구현하고 그려 봅시다. 소프트맥스를 뺀 나머지는 숫자 하나하나를 따로 계산하고 `x`의 형태를 그대로 지킵니다. 소프트맥스는 마지막 축의 점수를 확률로 바꿉니다. 큰 수를 조심하세요. ±1000에서 오버플로 경고가 나오는 것은 괜찮지만 NaN이 나오면 안 됩니다.
#
# | 이름 | 형태 | dtype |
# |---|---|---|
# | `x` | 제한 없음: 숫자 하나, 숫자 리스트, 랭크가 몇이든 배열 | float |
# | softmax의 `x` | (..., 클래스 수) | float |
# | prelu의 `alpha` | () 또는 (특성 수,) | float |
# | 반환값 | `x`의 형태 | float |

# %%
import matplotlib.pyplot as plt
import numpy as np


# %%
def sigmoid(x):
    """1 / (1 + e^-x), a value between 0 and 1.

    x: a number, a list of numbers or an array of any rank. Returns the same shape.
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    e = np.exp(-np.abs(x))  # of a negative number, so it cannot overflow
    return np.where(x >= 0, 1 / (1 + e), e / (1 + e))
    ### END SOLUTION


# %%
def tanh(x):
    """(e^x - e^-x) / (e^x + e^-x), a value between -1 and 1.

    x: a number, a list of numbers or an array of any rank. Returns the same shape.
    """
    ### BEGIN SOLUTION
    return 2 * sigmoid(2 * np.asarray(x, dtype=float)) - 1
    ### END SOLUTION


# %%
def relu(x):
    """x where x is positive, else 0.

    x: a number, a list of numbers or an array of any rank; it stays as it is. Returns the same shape.
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0)
    ### END SOLUTION


# %%
def leaky_relu(x, alpha=0.01):
    """x where x is positive, else alpha * x.

    x: a number, a list of numbers or an array of any rank; alpha: a number in 0..1. Returns the shape of x.
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, x, alpha * x)
    ### END SOLUTION


# %%
def elu(x, alpha=1.0):
    """x where x is positive, else alpha * (e^x - 1).

    x: a number, a list of numbers or an array of any rank; alpha: a positive number. Returns the shape of x.
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))
    ### END SOLUTION


# %%
def prelu(x, alpha):
    """x where x is positive, else alpha * x, with a slope that a network learns.

    x: a number, a list of numbers or an array of any rank; alpha: a number in 0..1.
    For an array (..., features) alpha may also be an array (features,), a slope for each feature.
    Returns the shape of x.
    """
    ### BEGIN SOLUTION
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)
    ### END SOLUTION


# %%
def swish(x):
    """x * sigmoid(x).

    x: a number, a list of numbers or an array of any rank. Returns the same shape.
    """
    ### BEGIN SOLUTION
    return np.asarray(x, dtype=float) * sigmoid(x)
    ### END SOLUTION


# %%
def softmax(x):
    """e^x, divided by its sum along the last axis: positive values that add up to 1.

    x: a list of numbers or an array (..., classes) of rank 1 or more. Returns the same shape.
    """
    ### BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max(axis=-1, keepdims=True))  # the largest exponent is 0
    return e / e.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %%
def plot_activations():
    """Draws sigmoid, tanh, relu, leaky_relu, elu and swish for x from -5 to 5 in one figure.

    All curves in one plot or each in its own subplot, with their names in a legend or in titles.
    Choose alpha as you like. Returns the figure.
    """
    ### BEGIN SOLUTION
    x = np.linspace(-5, 5, 101)
    figure, axes = plt.subplots(2, 3, figsize=(9, 5), layout="constrained")
    for function, ax in zip([sigmoid, tanh, relu, leaky_relu, elu, swish], axes.flat):
        ax.plot(x, function(x))
        ax.set_title(function.__name__)
        ax.grid(visible=True)
    return figure
    ### END SOLUTION
