# variant: wrong
# fails: s_curves, rectifiers, draws_the_curves
# mistake: sigmoid_brackets, cases_swapped, legend_not_shown
# who: brackets, order of two cases, plt.legend() forgotten
# %%
import matplotlib.pyplot as plt
import numpy as np


# %%
def sigmoid(x):
    return 1 / 1 + np.exp(-np.asarray(x))


# %%
def tanh(x):
    return np.tanh(x)


# %%
def relu(x):
    return np.maximum(0, x)


# %%
def leaky_relu(x, alpha=0.01):
    return np.minimum(x, alpha * np.asarray(x))


# %%
def elu(x, alpha=1.0):
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


# %%
def prelu(x, alpha):
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * x)


# %%
def swish(x):
    x = np.asarray(x)
    return x / (1 + np.exp(-x))


# %%
def softmax(x):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# %%
def plot_activations():
    x = np.linspace(-5, 5, 200)
    fig, ax = plt.subplots()
    for f in (sigmoid, tanh, relu, leaky_relu, elu, swish):
        ax.plot(x, f(x), label=f.__name__)
    ax.set_title("activation functions")
    ax.set_xlabel("x")
    return fig
