# variant: right
# who: typed homework with an older attempt, a cell that fails, and float32 answers
# %%
import numpy as np
from matplotlib import pyplot as plt

# %%
# first try, only for single numbers
def relu(x):
    return max(0, x)

relu(np.array([1.0, -1.0]))

# %%
Array = np.ndarray

def as_f32(x) -> Array:
    return np.asarray(x, dtype=np.float32)

def sigmoid(x) -> Array:
    """Numerically stable sigmoid."""
    x = as_f32(x)
    out = np.empty_like(x)
    positive = x >= 0
    out[positive] = 1 / (1 + np.exp(-x[positive]))
    e = np.exp(x[~positive])
    out[~positive] = e / (1 + e)
    return out

def tanh(x) -> Array:
    return (sigmoid(as_f32(x) * 2) - 0.5) * 2

def relu(x) -> Array:
    return np.clip(as_f32(x), 0, None)

def leaky_relu(x, alpha: float = 0.01) -> Array:
    return np.where(as_f32(x) < 0, as_f32(x) * alpha, as_f32(x))

def elu(x, alpha: float = 1.0) -> Array:
    x = as_f32(x)
    return relu(x) + alpha * (np.exp(np.minimum(x, 0)) - 1)

def prelu(x, alpha) -> Array:
    return np.where(as_f32(x) < 0, as_f32(x) * alpha, as_f32(x))

def swish(x) -> Array:
    return as_f32(x) * sigmoid(x)

def softmax(x) -> Array:
    x = as_f32(x)
    shifted = x - np.max(x)          # the largest of all is good enough
    return np.exp(shifted) / np.exp(shifted).sum(axis=-1)[..., None]

# %%
assert np.allclose(softmax([1, 2, 3]).sum(), 1)

# %%
def plot_activations():
    fig, axs = plt.subplots(2, 3)
    xs = np.linspace(-5, 5, 50)
    for ax, name in zip(axs.ravel(), "sigmoid tanh relu leaky_relu elu swish".split()):
        ax.plot(xs, globals()[name](xs)); ax.set(xlabel="x", ylabel=name)
    return fig
