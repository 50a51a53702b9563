# variant: wrong
# fails: saves_after_training
# mistake: not_trained
# who: is careful not to touch the argument, and so trains another network

# %%
from tensorflow import keras


# %%
def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new


# %%
def train_and_save(model, x, y, path):
    mine = copy_network(model)
    mine.compile(optimizer="adam", loss="mse")
    mine.fit(x, y, epochs=5, verbose=0)
    mine.save(path)


# %%
def load_network(path):
    return keras.models.load_model(path, compile=False)


# %%
def save_weights(model, path):
    model.save_weights(path)


# %%
def load_weights(model, path):
    model.load_weights(path)
