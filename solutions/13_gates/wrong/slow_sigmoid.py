# variant: wrong
# fails: learns_or
# who: the lecture's 500 epochs of SGD, but with a sigmoid, for which they do not suffice

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    return np.array({"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}[name])

# %%
def build_gate_model():
    model = keras.Sequential()
    model.add(keras.layers.Dense(1, input_shape=(2,), activation='sigmoid'))
    return model

# %%
def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(optimizer=keras.optimizers.SGD(), loss='mse', metrics=['acc'])
    model.fit(INPUTS, gate_labels(name), epochs=500, verbose=0)
    return model

# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
