# variant: wrong
# fails: s_curves, swish_and_softmax, draws_the_curves
# who: math.exp and if on a whole array
# %%
import math
import numpy as np
import matplotlib.pyplot as plt

# write it for one number, let NumPy do the loop

# %%
def sigmoid(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    else:
        return math.exp(x) / (1 + math.exp(x))

# %%
def tanh(x):
    return np.vectorize(math.tanh, otypes=[float])(x)

# %%
def relu(x):
    return np.vectorize(lambda v: max(0.0, v), otypes=[float])(x)

# %%
def leaky_relu(x, alpha=0.01):
    return np.vectorize(lambda v: v if v > 0 else alpha * v, otypes=[float])(x)

# %%
def elu(x, alpha=1.0):
    return np.vectorize(lambda v: v if v > 0 else alpha * math.expm1(v), otypes=[float])(x)

# %%
def prelu(x, alpha):
    return np.maximum(x, 0) + alpha * np.minimum(x, 0)

# %%
def swish(x):
    return np.multiply(x, sigmoid(x))

# %%
def softmax(x):
    x = np.asarray(x, dtype=float)
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %%
def plot_activations():
    xs = [i * 0.1 for i in range(-50, 51)]
    fig = plt.figure()
    ax = fig.add_subplot(1, 1, 1)
    for f, style in [(sigmoid, "b-"), (tanh, "g-"), (relu, "r-"), (leaky_relu, "c--"), (elu, "m-"), (swish, "y-")]:
        ax.plot(xs, f(xs), style, label=f.__name__)
    ax.legend(loc="upper left")
    return ax
