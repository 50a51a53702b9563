# variant: wrong
# fails: learns_and
# mistake: same_network_again
# who: one network for all gates, trained further with every call
# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}


# %%
def gate_labels(name):
    return np.array(LABELS[name])


# %%
def build_gate_model():
    return keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1)])


# %%
model = build_gate_model()
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss="mse")


def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    model.fit(INPUTS, gate_labels(name), epochs=100, verbose=0)
    return model


# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
