# variant: wrong
# fails: all_weights_travel, copy_is_independent
# mistake: weights_left_out
# who: goes through trainable_weights, so the moving statistics of batch normalization stay behind

# %%
import numpy as np
import tensorflow as tf

# %%
def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)

# %%
def load_network(path):
    return tf.keras.models.load_model(path, compile=False)

# %%
def save_weights(model, path):
    arrays = [w.numpy() for w in model.trainable_weights]
    with open(path, "wb") as f:
        np.savez(f, *arrays)

# %%
def load_weights(model, path):
    saved = np.load(path)
    for i, w in enumerate(model.trainable_weights):
        w.assign(saved[f"arr_{i}"])

# %%
def copy_network(model):
    new = tf.keras.models.clone_model(model)
    for to, frm in zip(new.trainable_weights, model.trainable_weights):
        to.assign(frm)
    return new
