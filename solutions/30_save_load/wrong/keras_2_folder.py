# variant: wrong
# fails: saves_after_training, weights_travel_alone
# who: Keras 2 spellings: save('name') makes a folder, save_weights('name.h5')

# %%
from tensorflow import keras

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path.split('.')[0])

# %%
def load_network(path):
    return keras.models.load_model(path, compile=False)

# %%
def save_weights(model, path):
    model.save_weights(path.split('.')[0] + '.h5')

# %%
def load_weights(model, path):
    model.load_weights(path.split('.')[0] + '.h5')

# %%
def copy_network(model):
    new_model = keras.models.clone_model(model)
    new_model.set_weights(model.get_weights())
    return new_model
