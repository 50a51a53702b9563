# variant: wrong
# fails: saves_after_training, loads_network
# mistake: weights_without_architecture
# who: saves the weights and rebuilds the network, as the tutorial with weights did

# %%
from tensorflow import keras
from tensorflow.keras import layers

def build():
    return keras.Sequential([keras.Input(shape=(3,)), layers.Dense(5, activation="relu"), layers.Dense(2)])

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=5, verbose=0)
    model.save_weights(path.rsplit(".", 1)[0] + ".weights.h5")

# %%
def load_network(path):
    model = build()
    model.load_weights(path.rsplit(".", 1)[0] + ".weights.h5")
    return model

# %%
def save_weights(model, path):
    model.save_weights(path)

def load_weights(model, path):
    model.load_weights(path)

def copy_network(model):
    new = keras.models.clone_model(model)
    new.set_weights(model.get_weights())
    return new
