# variant: wrong
# fails: swish_and_softmax
# mistake: softmax_without_exp
# parts: exp(x)
# who: scores divided by their sum
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
def sigmoid(x):
    x = np.asarray(x)
    return 1 / (1 + np.exp(-x))

# %%
def tanh(x):
    return np.tanh(x)

# %%
def relu(x):
    return np.maximum(0, x)

# %%
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * x)

# %%
def elu(x, alpha=1.0):
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))

# %%
def prelu(x, alpha):
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * x)

# %%
def swish(x):
    return np.asarray(x) * sigmoid(x)

# %%
def softmax(x):
    x = np.asarray(x)
    return x / x.sum(axis=-1, keepdims=True)

# %%
def plot_activations():
    x = np.linspace(-5, 5, 100)
    fig, axes = plt.subplots(2, 3)
    for ax, f in zip(axes.flat, (sigmoid, tanh, relu, leaky_relu, elu, swish)):
        ax.plot(x, f(x))
        ax.set_title(f.__name__)
    return fig
