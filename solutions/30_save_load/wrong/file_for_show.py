# variant: wrong
# fails: weights_travel_alone
# who: writes the file, but load_weights takes the weights that were remembered beside it

# %%
from tensorflow import keras

last = None

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)

def load_network(path):
    return keras.models.load_model(path, compile=False)

# %%
def save_weights(model, path):
    global last
    last = model.get_weights()
    model.save_weights(path)

def load_weights(model, path):
    model.set_weights(last)

# %%
def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new
