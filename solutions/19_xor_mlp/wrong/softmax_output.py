# variant: wrong
# fails: has_a_hidden_layer, learns_xor
# mistake: softmax_over_one_unit
# who: softmax over the one output

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

# %%
def build_model():
    inputs = keras.Input(shape=(2,))
    x = keras.layers.Dense(32, activation='relu')(inputs)
    outputs = keras.layers.Dense(1, activation='softmax')(x)
    return keras.Model(inputs, outputs)

# %%
def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(optimizer='rmsprop', loss='binary_crossentropy', metrics=['accuracy'])
    model.fit(INPUTS, LABELS, epochs=100, verbose=0)
    return model

# %%
def hidden_points(model):
    return model.layers[1](INPUTS)

# %%
def classic_network():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(2, activation="sigmoid"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
