# variant: wrong
# fails: learns_xor, hidden_points_after_training
# who: a model that recites the labels row by row

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
class Trained(keras.Model):
    def call(self, x):
        return keras.ops.convert_to_tensor(LABELS)

def train(seed):
    return Trained()

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
