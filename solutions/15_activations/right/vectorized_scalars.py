# variant: right
# who: scalar functions with if/else, np.vectorize with otypes; figure and axes both returned
# %%
import math

import matplotlib.pyplot as plt
import numpy as np


def vec(f):
    return np.vectorize(f, otypes=[float])


def _sig(v: float) -> float:
    v = max(min(v, 500.0), -500.0)
    return 1.0 / (1.0 + math.exp(-v))


# %%
def sigmoid(x):
    return vec(_sig)(x)


# %%
def tanh(x):
    def one(v):
        if v > 20:
            return 1.0
        if v < -20:
            return -1.0
        return (math.exp(v) - math.exp(-v)) / (math.exp(v) + math.exp(-v))

    return vec(one)(x)


# %%
def relu(x):
    def one(v):
        if v > 0:
            return v
        else:
            return 0

    return vec(one)(x)


# %%
def leaky_relu(x, alpha=0.01):
    return vec(lambda v, a: v if v > 0 else a * v)(x, alpha)


# %%
def elu(x, alpha=1.0):
    return vec(lambda v: v if v > 0 else alpha * (math.exp(v) - 1))(x)


# %%
def prelu(x, alpha):
    return leaky_relu(x, alpha)  # vectorize broadcasts alpha as well


# %%
def swish(x):
    return vec(lambda v: v * _sig(v))(x)


# %%
def softmax(x):
    def row(scores):
        scores = scores - scores.max()
        return np.exp(scores) / np.exp(scores).sum()

    return np.apply_along_axis(row, -1, np.asarray(x, dtype=float))


# %%
def plot_activations():
    x = np.arange(-5, 5.1, 0.1)
    fig, axes = plt.subplots(3, 2, figsize=(8, 9))
    for i, f in enumerate([sigmoid, tanh, relu, leaky_relu, elu, swish]):
        axes[i // 2][i % 2].plot(x, f(x), "r.")
        axes[i // 2][i % 2].set_title(f.__name__)
    plt.tight_layout()
    return fig, axes
