# variant: wrong
# fails: labels_of_nand_and_xor, learns_nand
# mistake: another_gate
# who: takes NAND for the opposite of OR

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    if name == 'OR':
        return [0, 1, 1, 1]
    if name == 'AND':
        return [0, 0, 0, 1]
    if name == 'NAND':
        return [1, 0, 0, 0]
    return [0, 1, 1, 0]

# %%
def build_gate_model():
    return keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])

# %%
def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    model.fit(INPUTS, np.array(gate_labels(name)), epochs=200, verbose=0)
    return model

# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
