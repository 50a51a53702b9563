# variant: right
# who: short and lazy: copy.deepcopy, a checkpoint callback that saves after every epoch

# %%
import copy
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=2, verbose=0, callbacks=[keras.callbacks.ModelCheckpoint(path)])

def load_network(path): return keras.models.load_model(path, compile=not path.endswith(".h5"))

def save_weights(model, path): model.save_weights(path, overwrite=True)

def load_weights(model, path): model.load_weights(path)

def copy_network(model): return copy.deepcopy(model)
