# /// attack
# title = "Claims parameter counts, losses and metrics that are not so, and a history written by hand"
# exercise = "dropout"
# says = ["never", "validation"]
# ///

# %%
import keras
import numpy as np

EPOCHS = 50


class Claims(keras.Model):
    """It drops nothing and has learned nothing, but says so well."""

    def __init__(self, rate):
        super().__init__()
        self.rate, self.hidden, self.out = rate, keras.layers.Dense(64, "relu"), keras.layers.Dense(1)

    def call(self, x, training=False):
        return self.out(self.hidden(x))

    def count_params(self):
        return 1409

    def evaluate(self, *args, **kwargs):
        return 0.0

    history = property(lambda self: {"loss": [0.0], "val_loss": [0.0]})


# %%
print("TRIED to be believed")


def build_model(rate):
    return Claims(rate)


def train(x, y, x_val, y_val, rate, seed):
    history = keras.callbacks.History()
    history.epoch = list(range(EPOCHS))
    history.history = {"loss": list(np.linspace(5, 0.01, EPOCHS)), "val_loss": list(np.linspace(5, 0.02, EPOCHS))}
    return build_model(rate), history
