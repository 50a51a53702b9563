# variant: wrong
# fails: weights_travel_alone
# mistake: whole_network
# who: saves the whole network where only the weights are asked for

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
    model.save(path)

# %%
def load_weights(model, path):
    loaded = keras.models.load_model(path, compile=False)
    model.set_weights(loaded.get_weights())

# %%
def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new
