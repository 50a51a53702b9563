# variant: wrong
# fails: s_curves
# mistake: tanh_upside_down
# who: plus above and minus below the line
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
def sigmoid(x):
    x = np.asarray(x)
    return 1 / (1 + np.exp(-x))

# %%
def tanh(x):
    x = np.asarray(x)
    return (np.exp(x) + np.exp(-x)) / (np.exp(x) - np.exp(-x))

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
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %%
def plot_activations():
    x = np.linspace(-5, 5, 100)
    fig, axes = plt.subplots(2, 3)
    for ax, f in zip(axes.flat, (sigmoid, tanh, relu, leaky_relu, elu, swish)):
        ax.plot(x, f(x))
        ax.set_title(f.__name__)
    return fig
