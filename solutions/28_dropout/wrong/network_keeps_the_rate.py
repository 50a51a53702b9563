# variant: wrong
# fails: drops_hidden_neurons, dropout_closes_gap
# mistake: rate_is_kept
# who: hands 1 - rate to Keras
import numpy as np
from tensorflow import keras

def dropout(x, rate, training, seed):
    if not training:
        return x
    rng = np.random.default_rng(seed)
    mask = rng.random(x.shape) >= rate
    return x * mask / (1 - rate)

def build_model(rate):
    inputs = keras.Input(shape=(20,))
    x = keras.layers.Dense(64, activation="relu")(inputs)
    x = keras.layers.Dropout(1 - rate)(x)
    return keras.Model(inputs, keras.layers.Dense(1)(x))

def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history

def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])

