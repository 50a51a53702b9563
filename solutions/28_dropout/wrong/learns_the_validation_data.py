# variant: wrong
# fails: dropout_closes_gap
# mistake: trained_on_validation
# who: trains on everything there is
import numpy as np
from tensorflow import keras

def dropout(x, rate, training, seed):
    if not training:
        return x
    rng = np.random.default_rng(seed)
    mask = rng.random(x.shape) >= rate
    return x * mask / (1 - rate)

def build_model(rate):
    ip = keras.Input(shape=(20,))
    n = keras.layers.Dense(64, activation="relu")(ip)
    n = keras.layers.Dropout(rate)(n)
    n = keras.layers.Dense(1, activation="linear")(n)
    return keras.Model(inputs=ip, outputs=n)

def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    x_all, y_all = np.concatenate([x, x_val]), np.concatenate([y, y_val])
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
    history = model.fit(x_all, y_all, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history

def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])

