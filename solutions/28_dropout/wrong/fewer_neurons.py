# variant: wrong
# fails: builds_network, computes_gap
# mistake: gap_last_only
# who: drops neurons by building fewer of them; gap of the last epoch
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
    n = keras.layers.Dense(int(64 * (1 - rate)), activation="relu")(ip)
    n = keras.layers.Dense(1)(n)
    return keras.Model(ip, n)

def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history

def gap(history):
    return history["val_loss"][-1] - history["loss"][-1]
