# variant: wrong
# fails: saves_after_training
# mistake: not_trained
# who: compiles once more and believes that this is training

# %%
import tensorflow as tf
from tensorflow.keras.models import load_model, clone_model

# %%
def train_and_save(model, x, y, path):
    model.compile(optimizer='adam', loss='mse')
    model.evaluate(x, y, verbose=0)
    model.save(path)

# %%
def load_network(path):
    return load_model(path, compile=False)

def save_weights(model, path):
    model.save_weights(path)

def load_weights(model, path):
    model.load_weights(path)
    return model

def copy_network(model):
    m = clone_model(model)
    m.set_weights(model.get_weights())
    return m
