# variant: wrong
# fails: copies_network
# mistake: without_weights
# who: clone_model alone, which does not copy weights

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
    return keras.models.clone_model(model)
