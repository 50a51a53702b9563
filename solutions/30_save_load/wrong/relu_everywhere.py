# variant: wrong
# fails: copies_network
# mistake: other_architecture
# who: builds the copy by hand and forgets that each layer has an activation of its own

# %%
from tensorflow.keras import Input, Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.models import load_model

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=4, verbose=0)
    model.save(path)

# %%
def load_network(path):
    return load_model(path, compile=False)

# %%
def save_weights(model, path):
    model.save_weights(path)

# %%
def load_weights(model, path):
    model.load_weights(path)

# %%
def copy_network(model):
    new = Sequential()
    new.add(Input(shape=(model.input_shape[1],)))
    for layer in model.layers:
        new.add(Dense(layer.units, activation="relu"))
    new.set_weights(model.get_weights())
    return new
