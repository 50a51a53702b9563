# variant: wrong
# fails: learns_or
# who: an object with a predict of its own

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
class Trained:
    def __init__(self, labels):
        self.labels = labels
    def predict(self, x, verbose=0):
        return np.array(self.labels, dtype='float32').reshape(-1, 1)
    __call__ = predict

def train_gate(name, seed):
    return Trained(gate_labels(name))

# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
