# %% [markdown]
# # Saving and loading a network
#
# Training can take hours; its result is worth a file. `model.save` writes the whole network, architecture
# and weights, in Keras's own format (`.keras`); files in the older format (`.h5`) can still be read.
# Weights alone are smaller, but to use them you need a network of the same architecture.
# A network that was loaded is a new object, and it predicts the same as the saved one, bit for bit.
#
# | name | shape or form | dtype |
# |---|---|---|
# | `x` | (n, inputs) | float32 |
# | `y` | (n, outputs) | float32 |
# | `model` | (n, inputs) → (n, outputs) | float32 |
# | `example`, to try with | (n, 3) → (n, 2) | float32 |
# | `path` of a whole network | `"name.keras"` or `"name.h5"` | str |
# | `path` of weights | `"name.weights.h5"` | str |

# %%
import numpy as np
from tensorflow import keras

example = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(5, activation="relu"), keras.layers.Dense(2)])
example.compile(optimizer="sgd", loss="mse")


# %%
def train_and_save(model: keras.Model, x: np.ndarray, y: np.ndarray, path: str) -> None:
    """Trains a network, then writes the whole of it to one file: architecture and weights.

    model: a compiled network; it is trained itself, for as many epochs as you like (at least one).
    x: (n, inputs), y: (n, outputs), float32.
    path: ends in ".keras" or ".h5". A file that is there already is replaced.
    """
    raise NotImplementedError("train_and_save")


# %%
def load_network(path: str) -> keras.Model:
    """The network that a file holds, as a new object, ready to predict. It need not be compiled.

    path: a file that Keras has written, ".keras" or ".h5", also of a network compiled with loss="mse".
    """
    raise NotImplementedError("load_network")


# %%
def save_weights(model: keras.Model, path: str) -> None:
    """Writes the weights of a network, and only them, to one file.

    path: ends in ".weights.h5".
    """
    raise NotImplementedError("save_weights")


# %%
def load_weights(model: keras.Model, path: str) -> None:
    """Gives a network the weights that save_weights has written.

    model: a network of the same architecture as the saved one. It is changed itself; nothing needs to be returned.
    path: ends in ".weights.h5".
    """
    raise NotImplementedError("load_weights")


# %%
def copy_network(model: keras.Model) -> keras.Model:
    """A new network with the architecture and the weights of model.

    Changing the weights of one of them later leaves the other as it is. The copy need not be compiled.
    """
    raise NotImplementedError("copy_network")
