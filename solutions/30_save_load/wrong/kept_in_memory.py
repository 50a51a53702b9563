# variant: wrong
# fails: weights_travel_alone
# mistake: no_file
# who: a dictionary with the path as its key: works as long as the program runs

# %%
from tensorflow import keras

saved = {}

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)

# %%
def load_network(path):
    return keras.models.load_model(path, compile=False)

# %%
def save_weights(model, path):
    saved[path] = model.get_weights()

def load_weights(model, path):
    model.set_weights(saved[path])

# %%
def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new
