# variant: wrong
# fails: reads_older_files
# who: load_model as it stands in every book; an .h5 of a network compiled with loss='mse' does not load so

# %%
from tensorflow import keras
from tensorflow.keras.models import load_model

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)

# %%
def load_network(path):
    model = load_model(path)
    return model

# %%
def save_weights(model, path):
    model.save_weights(path)

# %%
def load_weights(model, path):
    model.load_weights(path)

# %%
def copy_network(model):
    copied = keras.models.clone_model(model)
    copied.set_weights(model.get_weights())
    return copied
