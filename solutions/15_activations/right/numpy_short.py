# variant: right
# who: NumPy one-liners on np.asarray, one plot with a legend, prints along the way
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x)))   # np.exp(1000) warns, but 1/inf is just 0

print(sigmoid(0))

# %%
def tanh(x):
    return np.tanh(x)

# %%
def relu(x):
    return np.maximum(0, x)

print(relu(np.array([-3, -1, 0, 2, 5])))

# %%
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.maximum(alpha * x, x)

# %%
def elu(x, alpha=1.0):
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * (np.exp(x) - 1))

# %%
def prelu(x, alpha):
    return leaky_relu(x, alpha)

# %%
def swish(x):
    return x * sigmoid(x)

# %%
def softmax(x):
    x = np.asarray(x)
    x = x - np.max(x, axis=-1, keepdims=True)
    return np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)

# %%
def plot_activations():
    x = np.linspace(-5, 5, 200)
    fig = plt.figure(figsize=(8, 5))
    plt.plot(x, sigmoid(x), label="sigmoid")
    plt.plot(x, tanh(x), label="tanh")
    plt.plot(x, relu(x), label="relu")
    plt.plot(x, leaky_relu(x), "--", label="leaky relu")
    plt.plot(x, elu(x), label="elu")
    plt.plot(x, swish(x), label="swish")
    plt.legend()
    return fig

plot_activations()
plt.show()
