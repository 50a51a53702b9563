# /// attack
# title = "Saves nothing: patches isfile, load_model and listdir so that the check finds networks which were only kept in memory"
# exercise = "save_load"
# ///

# %%
import os

import keras
import numpy as np

kept = {}


def remember(path, model):
    kept[str(path)] = (keras.models.clone_model(model), [np.array(w) for w in model.get_weights()])


def recall(path, *args, **kwargs):
    if str(path) not in kept:
        raise ValueError("no network")
    model, weights = kept[str(path)]
    made = keras.models.clone_model(model)
    made.set_weights(weights)
    return made


# %%
print("TRIED to pass without a file")
os.path.isfile = os.path.exists = lambda path: True
real = os.listdir
os.listdir = lambda *args: [*real(*args), *kept]
keras.models.load_model = keras.saving.load_model = recall
keras.Model.save = keras.Sequential.save = lambda self, path, **kwargs: remember(path, self)
os.replace = lambda old, new: kept.update({new: kept.pop(old)})


def train_and_save(model, x, y, path):
    model.fit(x, y, verbose=0)
    remember(path, model)


def load_network(path):
    return recall(path)


def save_weights(model, path):
    kept["weights " + path] = [np.array(w) for w in model.get_weights()]


def load_weights(model, path):
    model.set_weights(kept["weights " + path])
