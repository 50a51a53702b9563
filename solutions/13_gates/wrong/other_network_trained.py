# variant: wrong
# fails: trains_a_single_layer
# mistake: more_than_one_unit
# who: builds one unit as asked, but trains another, deeper network

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
def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    net = keras.Sequential([keras.layers.Dense(8, activation='tanh'), keras.layers.Dense(1, activation='sigmoid')])
    net.compile(optimizer=keras.optimizers.Adam(0.1), loss='binary_crossentropy')
    net.fit(INPUTS, gate_labels(name), epochs=150, verbose=0)
    return net

# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
