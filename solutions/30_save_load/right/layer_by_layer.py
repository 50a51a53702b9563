# variant: right
# who: from_config and a loop over the layers; saves only what prediction needs; a numpy archive for the weights

# %%
import numpy as np
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    x, y = np.asarray(x, dtype="float32"), np.asarray(y, dtype="float32")
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mae")   # my own optimizer
    model.fit(x, y, epochs=4, verbose=0)
    model.save(path, include_optimizer=False)
    return model

# %%
def load_network(path):
    try:
        net = keras.models.load_model(path)
    except (ValueError, TypeError):
        # old h5 files with loss='mse'
        net = keras.models.load_model(path, compile=False)
    net.trainable = True
    return net

# %%
def save_weights(model, path):
    arrays = {str(i): w for i, w in enumerate(model.get_weights())}
    with open(path, "wb") as f:
        np.savez(f, **arrays)

def load_weights(model, path):
    with np.load(path) as saved:
        for i, variable in enumerate(model.weights):
            variable.assign(saved[str(i)])
    return True

# %%
def copy_network(model):
    new = type(model).from_config(model.get_config())
    for old_layer, new_layer in zip(model.layers, new.layers):
        w = old_layer.get_weights()
        if len(w) > 0:
            new_layer.set_weights(w)
    return new
