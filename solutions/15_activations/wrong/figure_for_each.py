# variant: wrong
# fails: draws_the_curves
# mistake: figure_for_each
# who: 함수마다 그림을 따로 만듦
# %%
# 활성화 함수 실습
import numpy as np
import matplotlib.pyplot as plt


def 배열(x):
    return np.array(x, dtype=float)  # 리스트도 배열로

# %%
# 시그모이드
def sigmoid(x):
    return 1 / (1 + np.exp(-배열(x)))

# %%
# 하이퍼볼릭 탄젠트
def tanh(x):
    return 2 / (1 + np.exp(-2 * 배열(x))) - 1

# %%
def relu(x):
    x = 배열(x)
    x[x < 0] = 0   # 복사본이므로 괜찮다
    return x

# %%
def leaky_relu(x, alpha=0.01):
    x = 배열(x)
    x[x < 0] *= alpha
    return x

# %%
def elu(x, alpha=1.0):
    x = 배열(x)
    x[x < 0] = alpha * (np.exp(x[x < 0]) - 1)
    return x

# %%
def prelu(x, alpha):
    x = 배열(x)
    return np.where(x < 0, x * alpha, x)

# %%
def swish(x):
    return 배열(x) * sigmoid(x)

# %%
# 소프트맥스: 큰 값을 빼서 오버플로 방지
def softmax(x):
    x = 배열(x)
    x = x - np.max(x, axis=-1, keepdims=True)
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)

# %%
def plot_activations():
    x = np.linspace(-5, 5, 100)
    for f in (sigmoid, tanh, relu, leaky_relu, elu, swish):
        plt.figure()
        plt.plot(x, f(x))
        plt.title(f.__name__)
        plt.show()
