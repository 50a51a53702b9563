# variant: wrong
# fails: loads_network
# mistake: old_object
# who: loads the file and returns the model variable of the notebook all the same

# %%
import numpy as np
from tensorflow import keras

model = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(5, activation='relu'), keras.layers.Dense(2)])
model.compile(optimizer='sgd', loss='mse')

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=5, verbose=0)
    model.save(path)

# %%
def load_network(path):
    loaded = keras.models.load_model(path, compile=False)
    print(loaded.summary())
    return model

# %%
def save_weights(m, path):
    m.save_weights(path)

def load_weights(m, path):
    m.load_weights(path)

# %%
def copy_network(m):
    new = keras.models.clone_model(m)
    new.set_weights(m.get_weights())
    return new
