# %% [markdown]
# # Dropout
#
# A network with many neurons and little data learns its training set by heart.
# Dropout works against that: in training every value is set to 0 with probability `rate`,
# and the values that stay are divided by `1 - rate`, so that the mean keeps its size (inverted dropout).
# In inference nothing is dropped and nothing is scaled.
# Write it by hand, then use Keras' layer and watch the gap between training and validation.
#
# | name | shape | dtype |
# |---|---|---|
# | `x` of `dropout`, and its answer | (batch, features) | float32 |
# | `x`, `y` of `train` | (batch, 20), (batch, 1) | float32 |
# | output of the network | (batch, 1) | float32 |
# | `history["loss"]`, `history["val_loss"]` | (epochs,) | float |

# %%
import numpy as np
from tensorflow import keras


# %%
def dropout(x: np.ndarray, rate: float, training: bool, seed: int) -> np.ndarray:
    """Inverted dropout.

    x: (batch, features) float32; it must not be changed.
    rate: the share to drop, 0 <= rate < 1; every element is dropped or kept on its own.
    training: whether to drop at all; in inference (False) x comes back as it is.
    seed: a whole number; the same seed drops the same elements, another seed others.
    Returns (batch, features).
    """
    raise NotImplementedError("dropout")


# %%
def build_model(rate: float) -> keras.Model:
    """An untrained network with dropout, in Keras' functional style.

    Dense(64, relu) -> Dropout(rate) -> Dense(1, linear): (batch, 20) -> (batch, 1).
    Returns a Keras model. It may be compiled.
    """
    raise NotImplementedError("build_model")


# %%
def train(
    x: np.ndarray, y: np.ndarray, x_val: np.ndarray, y_val: np.ndarray, rate: float, seed: int
) -> tuple[keras.Model, keras.callbacks.History]:
    """A network of build_model(rate), trained on x and y and validated on x_val and y_val after each epoch.

    x, x_val: (batch, 20) float32. y, y_val: (batch, 1) float32. seed: for keras.utils.set_random_seed.
    Loss mse, Adam with learning rate 0.01, 40 epochs.
    Returns the trained model and what fit returned.
    """
    raise NotImplementedError("train")


# %%
def gap(history: dict[str, list[float]]) -> np.ndarray:
    """How far validation lies above training after each epoch: validation loss minus training loss.

    history: lists of numbers by name, as in the attribute history of what fit returns; it has "loss" and "val_loss".
    Returns (epochs,).
    """
    raise NotImplementedError("gap")
