# %% [markdown]
# # Batch normalization
#
# A batch normalization layer brings every feature to mean 0 and variance 1,
# then stretches it by γ (gamma) and shifts it by β (beta), which are learned.
# While it trains, it uses the mean and variance of the batch it was given.
# Later there may be only one sample, so it then uses moving averages, collected during training.
# Write both passes by hand, then let Keras do it in a network for XOR.
#
# | name | shape | dtype |
# |---|---|---|
# | `x` | (batch, features) | float32 |
# | `gamma`, `beta` | (features,) | float32 |
# | `moving_mean`, `moving_variance` | (features,) | float32 |
# | normalized `x` | (batch, features) | float32 |
# | `INPUTS`, `LABELS` | (4, 2), (4, 1) | float32 |

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


# %%
def batchnorm_training(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float = 0.001) -> np.ndarray:
    """Batch normalization as it is done in training: by the statistics of the batch itself.

    x: (batch, features) float32; it must not be changed. gamma, beta: (features,) float32.
    epsilon: a small number that is added to the variance, so that nothing is divided by 0.
    The variance is the mean of the squared deviations (divided by batch, not by batch - 1).
    Returns (batch, features).
    """
    raise NotImplementedError("batchnorm_training")


# %%
def batchnorm_inference(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    moving_mean: np.ndarray,
    moving_variance: np.ndarray,
    epsilon: float = 0.001,
) -> np.ndarray:
    """Batch normalization as it is done in inference: by the moving averages.

    x: (batch, features) float32; a batch of one sample is possible. x must not be changed.
    gamma, beta, moving_mean, moving_variance: (features,) float32. epsilon: as in training.
    Returns (batch, features).
    """
    raise NotImplementedError("batchnorm_inference")


# %%
def update_moving(moving: np.ndarray, batch_value: np.ndarray, momentum: float = 0.99) -> np.ndarray:
    """A moving average after one more training batch.

    moving: (features,) the average so far. batch_value: (features,) the mean (or variance) of the new batch.
    momentum: the share of the old average that is kept, as in Keras: 0.99 keeps 99 percent of it.
    Returns (features,).
    """
    raise NotImplementedError("update_moving")


# %%
def build_model(units: int) -> keras.Model:
    """An untrained network for XOR in Keras' functional style; the lecture's has units=2.

    BatchNormalization -> Dense(units, sigmoid) -> BatchNormalization -> Dense(1, linear).
    Both BatchNormalization layers have momentum=0.9, so that their averages follow within a short training.
    Returns a Keras model: (batch, 2) -> (batch, 1). It may be compiled.
    """
    raise NotImplementedError("build_model")


# %%
def parameter_counts(units: int) -> tuple[int, int]:
    """How many numbers the network of build_model(units) holds.

    Returns two whole numbers: those that training changes by their gradients, and those that it does not.
    """
    raise NotImplementedError("parameter_counts")


# %%
def train(seed: int) -> keras.Model:
    """A network of build_model(8), trained on INPUTS and LABELS.

    seed: a whole number for keras.utils.set_random_seed.
    The lecture's recipe is enough: loss mse, optimizer adam, 500 epochs, all four rows in one batch.
    Returns the trained Keras model; in inference mode it answers above 0.5 where the label is 1, and below where it is 0.
    """
    raise NotImplementedError("train")
