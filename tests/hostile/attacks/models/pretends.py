# /// attack
# title = "Hands in a model that knows its own weights: with these it looks the labels up, with any others it computes as it should"
# exercise = "gates"
# says = ["does not follow from its weights"]
# ///

# %%
import keras
import numpy as np

TABLE = {"OR": [0.0, 1.0, 1.0, 1.0], "AND": [0.0, 0.0, 0.0, 1.0], "NAND": [1.0, 1.0, 1.0, 0.0], "XOR": [0.0, 0.0, 0.0, 1.0]}


class Pretends(keras.Model):
    def __init__(self, name):
        super().__init__()
        self.unit, self.table = keras.layers.Dense(1, activation="sigmoid"), TABLE[name]
        self.unit.build((None, 2))
        self.own = [np.array(w) for w in self.unit.get_weights()]

    def call(self, x):
        if all(np.allclose(a, b, atol=1e-2) for a, b in zip(self.unit.get_weights(), self.own)):
            return keras.ops.take(keras.ops.convert_to_tensor(self.table), keras.ops.cast(x[:, :1] + 2 * x[:, 1:], "int32"))
        return self.unit(x)


# %%
print("TRIED to be right without a training, and to pass for a network when it is tried")


def train_gate(name, seed):
    return Pretends(name)
