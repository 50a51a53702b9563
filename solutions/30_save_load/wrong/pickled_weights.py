# variant: wrong
# fails: saves_after_training, loads_network
# mistake: weights_without_architecture
# who: pickles get_weights() into the file of the network, and cannot make a network of it

# %%
import pickle
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=5, verbose=0)
    with open(path, 'wb') as f:
        pickle.dump(model.get_weights(), f)

# %%
def load_network(path):
    with open(path, 'rb') as f:
        return pickle.load(f)

# %%
def save_weights(model, path):
    with open(path, 'wb') as f:
        pickle.dump(model.get_weights(), f)

def load_weights(model, path):
    with open(path, 'rb') as f:
        model.set_weights(pickle.load(f))

# %%
def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new
