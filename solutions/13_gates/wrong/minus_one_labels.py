# variant: wrong
# fails: labels_of_or_and_and
# mistake: minus_one_for_zero
# who: labels -1 and 1 with a tanh unit

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    y = {'OR': [-1, 1, 1, 1], 'AND': [-1, -1, -1, 1], 'NAND': [1, 1, 1, -1], 'XOR': [-1, 1, 1, -1]}
    return np.array(y[name])

# %%
def build_gate_model():
    return keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1, activation="tanh")])

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
