# variant: wrong
# fails: builds_one_unit, learns_nand
# mistake: no_bias
# who: leaves the bias away

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    return np.array({"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}[name])

# %%
def build_gate_model():
    inp = keras.Input(shape=(2,))
    out = keras.layers.Dense(1, use_bias=False)(inp)
    return keras.Model(inp, out)

# %%
def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(optimizer=keras.optimizers.SGD(0.1), loss="mse")
    model.fit(INPUTS, gate_labels(name), epochs=200, verbose=0)
    return model

# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
