# variant: right
# who: finds the best of a single layer by training it from several starts and watching the accuracy
# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    labels = {"OR": (0, 1, 1, 1), "AND": (0, 0, 0, 1), "NAND": (1, 1, 1, 0), "XOR": (0, 1, 1, 0)}
    return np.array(labels[name]).reshape(-1, 1)


# %%
def build_gate_model():
    return keras.models.Sequential([keras.layers.InputLayer(shape=(2,)), keras.layers.Dense(1)])


# %%
def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(optimizer=keras.optimizers.SGD(0.2), loss="mse", metrics=["binary_accuracy"])
    model.fit(INPUTS, gate_labels(name), epochs=200, verbose=0)
    return model


# %%
def single_layer_best(name):
    best = 0.0
    for seed in range(6):
        keras.utils.set_random_seed(seed)
        model = build_gate_model()
        model.compile(optimizer=keras.optimizers.SGD(0.2), loss="mse", metrics=["binary_accuracy"])
        history = model.fit(INPUTS, gate_labels(name), epochs=100, verbose=0)
        best = max(best, max(history.history["binary_accuracy"]))
    return best
