# variant: wrong
# fails: saves_after_training
# mistake: folder_not_file
# who: saves as TensorFlow 2.0 did, which makes a folder

# %%
import tensorflow as tf

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    tf.saved_model.save(model, path)

# %%
def load_network(path):
    return tf.keras.models.load_model(path, compile=False)

# %%
def save_weights(model, path):
    model.save_weights(path)

# %%
def load_weights(model, path):
    model.load_weights(path)

# %%
def copy_network(model):
    c = tf.keras.models.clone_model(model)
    c.set_weights(model.get_weights())
    return c
