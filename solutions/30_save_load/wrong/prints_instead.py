# variant: wrong
# fails: loads_network, copies_network
# who: prints what was loaded and copied instead of returning it

# %%
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)

# %%
def load_network(path):
    model = keras.models.load_model(path, compile=False)
    print(model.summary())

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
    print(new.get_weights())
