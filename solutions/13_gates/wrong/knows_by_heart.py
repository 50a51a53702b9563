# variant: wrong
# fails: learns_or
# who: a model that recites the labels row by row

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    return np.array({"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}[name])

# %%
def build_gate_model():
    return keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])

# %%
class Gate(keras.Model):
    def __init__(self, name):
        super().__init__()
        self.answers = gate_labels(name).reshape(4, 1).astype('float32')

    def call(self, inputs):
        return keras.ops.convert_to_tensor(self.answers)

def train_gate(name, seed):
    return Gate(name)

# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
