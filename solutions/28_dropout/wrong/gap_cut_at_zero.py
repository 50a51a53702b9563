# variant: wrong
# fails: computes_gap, network_inference
# mistake: gap_never_negative, sigmoid_at_the_end
# who: thinks that validation is never better; sigmoid in the last layer
import numpy as np
from tensorflow import keras


def dropout(x, rate, training, seed):
    if not training:
        return x
    kept = np.random.default_rng(seed).random(x.shape) >= rate
    return np.where(kept, x / (1 - rate), 0)


def stack(rate, hidden="relu", last=None):
    return keras.Sequential([
        keras.Input(shape=(20,)),
        keras.layers.Dense(64, activation=hidden),
        keras.layers.Dropout(rate),
        keras.layers.Dense(1, activation=last),
    ])


def build_model(rate):
    return stack(rate, last="sigmoid")


def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = stack(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history


def gap(history):
    return np.maximum(np.array(history["val_loss"]) - np.array(history["loss"]), 0)
