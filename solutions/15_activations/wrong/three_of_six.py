# variant: wrong
# fails: draws_the_curves
# who: the lecture's three only
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
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %%
def plot_activations():
    x = np.linspace(-5, 5, 100)
    plt.plot(x, sigmoid(x), label="sigmoid")
    plt.plot(x, tanh(x), label="tanh")
    plt.plot(x, relu(x), label="relu")
    plt.legend()
    return plt.gcf()
