# variant: wrong
# fails: copies_network
# mistake: model_itself
# who: an assignment for a copy

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
    new_model = model
    new_model.set_weights(model.get_weights())
    return new_model
