# variant: wrong
# fails: finds_hidden_points
# mistake: bias_forgotten
# parts: points @ kernel + bias
# who: adds no bias, as it is zero in a new network

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
def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(optimizer=keras.optimizers.RMSprop(0.01), loss="mse", metrics=["accuracy"])
    model.fit(INPUTS, LABELS, epochs=100, verbose=0)
    return model

# %%
def hidden_points(model):
    W, b = model.layers[0].get_weights()
    return np.maximum(INPUTS @ W, 0)

# %%
def classic_network():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(2, activation="sigmoid"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
