# variant: right
# who: masks and arithmetic, -0.0 among the answers, scatter plot, returns the axes
# %%
import numpy as np
import matplotlib.pyplot as plt


def _float(x):
    return np.array(x, dtype="float64")   # a copy, so that nobody else's array changes


# %%
def sigmoid(x):
    return (np.tanh(_float(x) / 2) + 1) / 2


# %%
def tanh(x):
    x = _float(x)
    e = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - e) / (1 + e)


# %%
def relu(x):
    x = _float(x)
    return x * (x > 0)


# %%
def leaky_relu(x, alpha=0.01):
    x = _float(x)
    x[x < 0] *= alpha
    return x


# %%
def elu(x, alpha=1.0):
    x = _float(x)
    negative = x < 0
    x[negative] = alpha * (np.exp(x[negative]) - 1)
    return x


# %%
def prelu(x, alpha):
    x = _float(x)
    return (x + np.abs(x)) / 2 + alpha * (x - np.abs(x)) / 2


# %%
def swish(x):
    x = _float(x)
    return x / (1 + np.exp(-x))


# %%
def softmax(x):
    x = _float(x)
    log_sum = np.log(np.sum(np.exp(x - x.max(-1, keepdims=True)), -1, keepdims=True)) + x.max(-1, keepdims=True)
    return np.exp(x - log_sum)


# %%
def plot_activations():
    x = np.linspace(-5, 5, 60)
    fig, ax = plt.subplots()
    for f in (sigmoid, tanh, relu, leaky_relu, elu, swish):
        ax.scatter(x, f(x), s=4)
    ax.legend(["sigmoid", "tanh", "relu", "leaky_relu", "elu", "swish"])
    ax.axhline(0, color="k")
    return ax
