# variant: wrong
# fails: saves_after_training, weights_travel_alone
# mistake: another_file
# who: copied from their own notebook, with its file names left in

# %%
from tensorflow import keras
from tensorflow.keras.models import load_model

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=50, verbose=0)
    model.save('my_best_model.keras')   # 내 파일 이름

# %%
def load_network(path):
    return load_model(path, compile=False)

# %%
def save_weights(model, path):
    model.save_weights('my.weights.h5')

# %%
def load_weights(model, path):
    model.load_weights('my.weights.h5')

# %%
def copy_network(model):
    new_model = keras.models.clone_model(model)
    new_model.set_weights(model.get_weights())
    return new_model
