# variant: wrong
# fails: loads_any_network, reads_older_files
# mistake: other_architecture
# who: rebuilds the network that the public check happens to use, and takes only the weights from the file

# %%
from tensorflow import keras
from tensorflow.keras.layers import Dense

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=2, verbose=0)
    model.save(path)

# %%
def load_network(path):
    saved = keras.models.load_model(path, compile=False)
    dense = [layer for layer in saved.layers if isinstance(layer, Dense)]
    net = keras.Sequential([
        keras.Input(shape=saved.input_shape[1:]),
        Dense(dense[0].units, activation='relu'),
        Dense(dense[1].units),
    ])
    for mine, theirs in zip(net.layers, dense):
        mine.set_weights(theirs.get_weights())
    return net

# %%
def save_weights(model, path):
    model.save_weights(path)

def load_weights(model, path):
    model.load_weights(path)

def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new
