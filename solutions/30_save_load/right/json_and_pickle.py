# variant: right
# who: knows files: weights pickled, architecture as JSON for the copy, mse handed over as a custom object

# %%
import pickle
from pathlib import Path

import tensorflow as tf


# %%
def train_and_save(model: tf.keras.Model, x, y, path: str) -> None:
    if Path(path).exists():
        Path(path).unlink()
    model.fit(tf.constant(x), tf.constant(y), epochs=1, verbose=2)
    tf.keras.models.save_model(model, path)


# %%
def load_network(path: str) -> tf.keras.Model:
    return tf.keras.models.load_model(path, custom_objects={"mse": tf.keras.losses.MeanSquaredError()})


# %%
def save_weights(model: tf.keras.Model, path: str) -> None:
    with open(path, "wb") as file:
        pickle.dump(model.get_weights(), file)


# %%
def load_weights(model: tf.keras.Model, path: str) -> None:
    with open(path, "rb") as file:
        model.set_weights(pickle.load(file))


# %%
def copy_network(model: tf.keras.Model) -> tf.keras.Model:
    made = tf.keras.models.model_from_json(model.to_json())
    made.set_weights([w.copy() for w in model.get_weights()])
    return made
