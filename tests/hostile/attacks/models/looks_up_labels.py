# /// attack
# title = "Hands in a model whose call looks the labels up instead of computing with its weights"
# exercise = "gates"
# says = ["does not follow from its weights"]
# ///

# %%
import keras

TABLE = {"OR": [0.0, 1.0, 1.0, 1.0], "AND": [0.0, 0.0, 0.0, 1.0], "NAND": [1.0, 1.0, 1.0, 0.0], "XOR": [0.0, 1.0, 1.0, 0.0]}


class LooksUp(keras.Model):
    def __init__(self, name):
        super().__init__()
        self.unit, self.table = keras.layers.Dense(1), TABLE[name]

    def call(self, x):
        self.unit(x)  # so that there are three weights to count
        return keras.ops.take(keras.ops.convert_to_tensor(self.table), keras.ops.cast(x[:, :1] + 2 * x[:, 1:], "int32"))


# %%
print("TRIED to be right without a training")


def train_gate(name, seed):
    return LooksUp(name)
