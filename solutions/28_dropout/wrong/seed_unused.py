# variant: wrong
# fails: follows_the_seed
# mistake: seed_ignored
# who: a new draw each time, the seed unused
import numpy as np
from tensorflow import keras

def dropout(x, rate, training, seed):
    if not training:
        return x
    keep = np.random.rand(*x.shape) >= rate
    return np.where(keep, x / (1 - rate), 0)

def build_model(rate):
    ip = keras.Input(shape=(20,))
    n = keras.layers.Dense(64, activation="relu")(ip)
    n = keras.layers.Dropout(rate)(n)
    n = keras.layers.Dense(1, activation="linear")(n)
    return keras.Model(inputs=ip, outputs=n)

def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history

def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])

