# variant: wrong
# fails: weights_travel_alone
# mistake: weights_not_loaded
# who: loads the weights into a clone and returns that; the network handed in stays as it was

# %%
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)

def load_network(path):
    return keras.models.load_model(path, compile=False)

# %%
def save_weights(model, path):
    model.save_weights(path)

def load_weights(model, path):
    result = keras.models.clone_model(model)
    result.load_weights(path)
    return result

# %%
def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new
