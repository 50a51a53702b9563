# variant: wrong
# fails: learns_from_other_starts
# mistake: one_start_only
# who: sets known weights instead of training

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

# %%
def build_model():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(2, activation='relu'),
        keras.layers.Dense(1),
    ])

# %%
def train(seed):
    model = build_model()
    model.set_weights([
        np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0]),
        np.array([[1.0], [-2.0]]), np.array([0.0]),
    ])
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
