# variant: wrong
# fails: learns_xor
# mistake: another_gate
# who: rows in the order 00, 01, 10, 11 with labels of the order 00, 11, 01, 10

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

# %%
def build_model():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])

# %%
data = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype='float32')
label = np.array([[0], [0], [1], [1]], dtype='float32')

def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(optimizer=keras.optimizers.RMSprop(0.01), loss='mse')
    model.fit(data, label, epochs=100, verbose=0)
    return model

# %%
def hidden_points(model):
    return model.layers[0](INPUTS)

# %%
def classic_network():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(2, activation="sigmoid"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
