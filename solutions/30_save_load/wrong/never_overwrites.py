# variant: wrong
# fails: saves_any_network
# who: keeps the first file: does not save where there is one already

# %%
import os
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    if not os.path.exists(path):      # 이미 있으면 저장하지 않음
        model.save(path)

# %%
def load_network(path):
    return keras.models.load_model(path, compile=False)

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
    return new
