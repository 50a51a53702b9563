# %% [markdown]
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
    """1 / (1 + e^-x), 0과 1 사이의 값.

    x: 숫자 하나, 숫자 리스트 또는 랭크가 몇이든 배열. 같은 형태로 반환합니다.
    """
    raise NotImplementedError("sigmoid")


# %%
def tanh(x):
    """(e^x - e^-x) / (e^x + e^-x), -1과 1 사이의 값.

    x: 숫자 하나, 숫자 리스트 또는 랭크가 몇이든 배열. 같은 형태로 반환합니다.
    """
    raise NotImplementedError("tanh")


# %%
def relu(x):
    """x가 양수이면 x, 아니면 0.

    x: 숫자 하나, 숫자 리스트 또는 랭크가 몇이든 배열이며, 바뀌지 않아야 합니다. 같은 형태로 반환합니다.
    """
    raise NotImplementedError("relu")


# %%
def leaky_relu(x, alpha=0.01):
    """x가 양수이면 x, 아니면 alpha * x.

    x: 숫자 하나, 숫자 리스트 또는 랭크가 몇이든 배열. alpha: 0과 1 사이의 숫자. x의 형태로 반환합니다.
    """
    raise NotImplementedError("leaky_relu")


# %%
def elu(x, alpha=1.0):
    """x가 양수이면 x, 아니면 alpha * (e^x - 1).

    x: 숫자 하나, 숫자 리스트 또는 랭크가 몇이든 배열. alpha: 양수. x의 형태로 반환합니다.
    """
    raise NotImplementedError("elu")


# %%
def prelu(x, alpha):
    """x가 양수이면 x, 아니면 alpha * x. 기울기 alpha는 신경망이 학습합니다.

    x: 숫자 하나, 숫자 리스트 또는 랭크가 몇이든 배열. alpha: 0과 1 사이의 숫자.
    x가 (..., 특성 수) 배열이면 alpha도 특성마다 기울기가 하나씩 있는 (특성 수,) 배열일 수 있습니다.
    x의 형태로 반환합니다.
    """
    raise NotImplementedError("prelu")


# %%
def swish(x):
    """x * sigmoid(x).

    x: 숫자 하나, 숫자 리스트 또는 랭크가 몇이든 배열. 같은 형태로 반환합니다.
    """
    raise NotImplementedError("swish")


# %%
def softmax(x):
    """e^x를 마지막 축의 합으로 나눈 값. 모두 양수이고 더하면 1이 됩니다.

    x: 숫자 리스트 또는 랭크가 1 이상인 배열 (..., 클래스 수). 같은 형태로 반환합니다.
    """
    raise NotImplementedError("softmax")


# %%
def plot_activations():
    """sigmoid, tanh, relu, leaky_relu, elu, swish를 x가 -5부터 5까지인 구간에서 그림(figure) 하나에 그립니다.

    그래프 하나에 모두 그려도 되고 함수마다 서브플롯을 나누어도 됩니다. 범례나 제목에 이름을 적으세요.
    alpha는 마음대로 정하세요. 그림을 반환합니다.
    """
    raise NotImplementedError("plot_activations")
