# variant: wrong
# fails: weights_travel_alone, copies_network
# who: makes one array of all weights, which have different shapes

# %%
import numpy as np
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)

# %%
def load_network(path):
    return keras.models.load_model(path, compile=False)

# %%
def save_weights(model, path):
    weights = np.array(model.get_weights())
    with open(path, "wb") as f:
        np.save(f, weights)

# %%
def load_weights(model, path):
    with open(path, "rb") as f:
        model.set_weights(np.load(f))

# %%
def copy_network(model):
    weights = np.array(model.get_weights())
    new = keras.models.clone_model(model)
    new.set_weights(weights)
    return new
