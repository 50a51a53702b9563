# variant: wrong
# fails: saves_any_network
# mistake: another_file
# who: was told that .h5 is old, and writes .keras whatever the path says

# %%
import os
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    root, _ = os.path.splitext(path)
    model.save(root + ".keras")

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
    new.set_weights(model.get_weights())
    return new
