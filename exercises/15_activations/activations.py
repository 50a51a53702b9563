# %% [markdown]
# # Activation functions by hand
# Without a non-linear activation, a stack of layers is no more than one linear layer. Here you write the usual activation functions yourself and draw them. All but softmax treat every number by itself and keep the shape of `x`. Softmax turns the scores along the last axis into probabilities. Mind large numbers: at ±1000 an overflow warning does no harm, but NaN does.
#
# | name | shape | dtype |
# |---|---|---|
# | `x` | any: a number, a list of numbers, an array of any rank | float |
# | `x` of softmax | (..., classes) | float |
# | `alpha` of prelu | () or (features,) | float |
# | answer | the shape of `x` | float |
#

# %%
import matplotlib.pyplot as plt
import numpy as np


# %%
def sigmoid(x):
    """1 / (1 + e^-x), a value between 0 and 1.

    x: a number, a list of numbers or an array of any rank. Returns the same shape.
    """
    raise NotImplementedError("sigmoid")


# %%
def tanh(x):
    """(e^x - e^-x) / (e^x + e^-x), a value between -1 and 1.

    x: a number, a list of numbers or an array of any rank. Returns the same shape.
    """
    raise NotImplementedError("tanh")


# %%
def relu(x):
    """x where x is positive, else 0.

    x: a number, a list of numbers or an array of any rank; it stays as it is. Returns the same shape.
    """
    raise NotImplementedError("relu")


# %%
def leaky_relu(x, alpha=0.01):
    """x where x is positive, else alpha * x.

    x: a number, a list of numbers or an array of any rank; alpha: a number in 0..1. Returns the shape of x.
    """
    raise NotImplementedError("leaky_relu")


# %%
def elu(x, alpha=1.0):
    """x where x is positive, else alpha * (e^x - 1).

    x: a number, a list of numbers or an array of any rank; alpha: a positive number. Returns the shape of x.
    """
    raise NotImplementedError("elu")


# %%
def prelu(x, alpha):
    """x where x is positive, else alpha * x, with a slope that a network learns.

    x: a number, a list of numbers or an array of any rank; alpha: a number in 0..1.
    For an array (..., features) alpha may also be an array (features,), a slope for each feature.
    Returns the shape of x.
    """
    raise NotImplementedError("prelu")


# %%
def swish(x):
    """x * sigmoid(x).

    x: a number, a list of numbers or an array of any rank. Returns the same shape.
    """
    raise NotImplementedError("swish")


# %%
def softmax(x):
    """e^x, divided by its sum along the last axis: positive values that add up to 1.

    x: a list of numbers or an array (..., classes) of rank 1 or more. Returns the same shape.
    """
    raise NotImplementedError("softmax")


# %%
def plot_activations():
    """Draws sigmoid, tanh, relu, leaky_relu, elu and swish for x from -5 to 5 in one figure.

    All curves in one plot or each in its own subplot, with their names in a legend or in titles.
    Choose alpha as you like. Returns the figure.
    """
    raise NotImplementedError("plot_activations")
