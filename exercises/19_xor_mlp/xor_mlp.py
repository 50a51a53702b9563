# %% [markdown]
# # XOR with a hidden layer
#
# One straight line cannot part the points of XOR. A hidden layer with a nonlinear activation first moves
# the four points to other places, where one line is enough for the output unit. Build such a network, train it so that
# it succeeds from whatever random start, and look at where the hidden layer has put the points.
# An output above 0.5 counts as 1. Without the activation, two layers are no more than one.
#
# | name | shape | values |
# |---|---|---|
# | `INPUTS` | (4, 2) | 0 or 1, float32 |
# | `LABELS` | (4, 1) | 0 or 1, float32 |
# | hidden layer | (4, units), e.g. (4, 32) | after the activation |
# | output | (4, 1) | above or below 0.5 |

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


# %%
def build_model() -> keras.Model:
    """A new, untrained network with a hidden layer that is not linear, and one output unit.

    The lecture takes Dense(32, relu) and Dense(1, sigmoid).
    Its input is (batch, 2), its output (batch, 1). Returns a Keras model; it may be compiled.
    """
    raise NotImplementedError("build_model")


# %%
def train(seed: int) -> keras.Model:
    """A new network from build_model(), trained on XOR.

    seed: a whole number for keras.utils.set_random_seed; another seed is another random start.
    Returns the trained Keras model: INPUTS (4, 2) -> (4, 1), above 0.5 where the label is 1.
    """
    raise NotImplementedError("train")


# %%
def hidden_points(model: keras.Model) -> np.ndarray:
    """Where the hidden layer of a network puts the four points.

    model: a network that build_model() or train() has made, with whatever weights.
    Returns what its hidden layer answers to INPUTS, after the activation: (4, units).
    """
    raise NotImplementedError("hidden_points")


# %%
def classic_network() -> keras.Model:
    """A new, untrained network of the oldest kind for XOR: 2 inputs, 2 hidden units, 1 output.

    Both layers have the sigmoid activation and a bias. Returns a Keras model (batch, 2) -> (batch, 1).
    """
    raise NotImplementedError("classic_network")
