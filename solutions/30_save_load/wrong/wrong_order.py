# variant: wrong
# fails: copies_network
# who: all kernels first, then all biases

# %%
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
    model.save_weights(path)

# %%
def load_weights(model, path):
    model.load_weights(path)

# %%
def copy_network(model):
    new = keras.models.clone_model(model)
    old = model.get_weights()
    kernels = [w for w in old if w.ndim == 2]
    biases = [w for w in old if w.ndim == 1]
    new.set_weights(kernels + biases)
    return new
