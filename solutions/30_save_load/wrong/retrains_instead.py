# variant: wrong
# fails: loads_network
# mistake: not_from_the_file
# who: builds the network again and trains it once more instead of reading the file

# %%
import numpy as np
from tensorflow import keras

x_train = np.random.rand(16, 3).astype("float32")
y_train = np.random.rand(16, 2).astype("float32")


# %%
def build():
    model = keras.Sequential()
    model.add(keras.Input(shape=(3,)))
    model.add(keras.layers.Dense(5, activation="relu"))
    model.add(keras.layers.Dense(2))
    model.compile(optimizer="sgd", loss="mse")
    return model


# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=5, verbose=0)
    model.save(path)


# %%
def load_network(path):
    model = build()
    model.fit(x_train, y_train, epochs=5, verbose=0)
    return model


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
