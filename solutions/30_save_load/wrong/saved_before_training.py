# variant: wrong
# fails: saves_after_training
# mistake: saved_before_training
# who: makes the file first, then trains

# %%
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.save(path)
    model.fit(x, y, epochs=20, verbose=0)

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
