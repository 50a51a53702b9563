# variant: wrong
# fails: each_on_its_own, dropout_closes_gap, network_inference
# mistake: fixed_number, data_swapped, tanh_for_relu
# who: picks as many elements as rate says; confuses the two data sets; tanh in the hidden layer
import numpy as np
from tensorflow import keras


def dropout(x, rate, training, seed):
    if not training:
        return x
    rng = np.random.default_rng(seed)
    out = x.reshape(-1) / (1 - rate)
    out[rng.choice(out.size, round(out.size * rate), replace=False)] = 0
    return out.reshape(x.shape)


def build_model(rate):
    inputs = keras.Input(shape=(20,))
    hidden = keras.layers.Dense(64, activation="tanh")(inputs)
    hidden = keras.layers.Dropout(rate)(hidden)
    return keras.Model(inputs, keras.layers.Dense(1)(hidden))


def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x_val, y_val, epochs=40, validation_data=(x, y), verbose=0)
    return model, history


def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])
