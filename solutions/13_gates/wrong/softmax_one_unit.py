# variant: wrong
# fails: builds_one_unit, learns_or
# mistake: softmax_over_one_unit
# who: softmax as the output of one unit, as seen in classifiers

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    return np.array({"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}[name])

# %%
def build_gate_model():
    # softmax는 확률을 출력하니까 사용
    model = keras.Sequential()
    model.add(keras.Input(shape=(2,)))
    model.add(keras.layers.Dense(1, activation='softmax'))
    return model

# %%
def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])
    model.fit(INPUTS, gate_labels(name), epochs=100, verbose=0)
    return model

# %%
def single_layer_best(name):
    return 0.75 if name == "XOR" else 1.0
