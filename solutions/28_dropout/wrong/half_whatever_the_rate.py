# variant: wrong
# fails: drops_hidden_neurons, dropout_closes_gap
# mistake: rate_fixed
# who: 0.5 in place of rate
import numpy as np
from tensorflow import keras

def dropout(x, rate, training, seed):
    if not training:
        return x
    rng = np.random.default_rng(seed)
    mask = rng.random(x.shape) >= rate
    return x * mask / (1 - rate)

def build_model(rate=0.5):
    ip = keras.Input(shape=(20,))
    n = keras.layers.Dense(64, activation="relu")(ip)
    n = keras.layers.Dropout(0.5)(n)
    return keras.Model(ip, keras.layers.Dense(1)(n))

def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history

def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])

