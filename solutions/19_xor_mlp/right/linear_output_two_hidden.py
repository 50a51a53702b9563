# variant: right
# who: two hidden layers and a linear output with mse; stops early once all four are right

# %%
import numpy as np
import tensorflow as tf
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

print(tf.__version__)


# %%
def build_model():
    relu = keras.layers.LeakyReLU(negative_slope=0.1)
    return keras.Sequential([
        keras.Input(shape=[2]),
        keras.layers.Dense(16, activation=relu, kernel_initializer="he_normal"),
        keras.layers.Dense(8, activation="tanh"),
        keras.layers.Dense(1),
    ])


class StopWhenRight(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        if logs["loss"] < 0.02:
            self.model.stop_training = True


# %%
def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(loss="mean_squared_error", optimizer=keras.optimizers.Adam(0.02))
    model.fit(INPUTS, LABELS, epochs=400, verbose=0, callbacks=[StopWhenRight()])
    return model


# %%
def hidden_points(model):
    return np.array(model.layers[0](INPUTS))


# %%
def classic_network():
    return keras.models.Sequential([
        keras.layers.Input((2,)),
        keras.layers.Dense(2, "sigmoid"),
        keras.layers.Dense(1, "sigmoid"),
    ])
