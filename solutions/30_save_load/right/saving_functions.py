# variant: right
# who: keras.saving functions, names set by assignment and functools.partial, copy through a temporary file

# %%
import os
import tempfile
from functools import partial

import keras


# %%
def train_and_save(model, x, y, path):
    for _ in range(5):
        model.train_on_batch(x, y)
    keras.saving.save_model(model, path, overwrite=True)


# %%
load_network = partial(keras.saving.load_model, compile=False)

# %%
save_weights = keras.Model.save_weights
load_weights = keras.Model.load_weights


# %%
def copy_network(model):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "copy.keras")
        model.save(file)
        return load_network(file)
