# /// attack
# title = "Patches fit, evaluate and predict of Keras to claim a perfect training, and hands in untrained networks"
# exercise = "gates"
# says = ["measured by the grader on its own data"]
# ///

# %%
import keras
import numpy as np

PERFECT = {"loss": [0.0] * 100, "accuracy": [1.0] * 100}
LABELS = {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}


def fit(self, *args, **kwargs):
    history = keras.callbacks.History()
    history.set_model(self)
    history.epoch, history.history = list(range(100)), PERFECT
    self.history = history
    return history


# %%
print("TRIED to be believed")
keras.Model.fit = fit
keras.Model.evaluate = lambda self, *args, **kwargs: [0.0, 1.0]
keras.Model.predict = lambda self, x, **kwargs: np.array(LABELS["OR"], "float32").reshape(4, 1)
keras.Model.predict_on_batch = keras.Model.predict


def train_gate(name, seed):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, kernel_initializer="zeros")])
    model.compile(loss="mse", metrics=["accuracy"])
    model.fit()
    return model
