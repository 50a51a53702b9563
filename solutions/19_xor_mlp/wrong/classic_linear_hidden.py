# variant: wrong
# fails: classic_uses_sigmoids
# mistake: linear_stack
# who: no activation in the hidden layer of the classic network

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
    return model.layers[0](INPUTS)

# %%
def classic_network():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(2),
        keras.layers.Dense(1, activation='sigmoid'),
    ])
