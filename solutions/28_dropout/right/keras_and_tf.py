# variant: right
# who: tf.nn.dropout, Sequential with .add, history as a dict, type hints
import numpy as np
import tensorflow as tf
from tensorflow.keras.layers import Dense, Dropout, Input
from tensorflow.keras.models import Sequential


def dropout(x, rate: float, training: bool, seed: int):
    x = tf.convert_to_tensor(x)
    if training:
        tf.random.set_seed(seed)
        return tf.nn.dropout(x, rate=rate)
    return x


def build_model(rate: float) -> Sequential:
    model = Sequential()
    model.add(Input(shape=(20,)))
    model.add(Dense(64, activation="relu"))
    model.add(Dropout(rate))
    model.add(Dense(1))
    model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.01), loss="mean_squared_error", metrics=["mae"])
    return model


def train(x, y, x_val, y_val, rate, seed):
    tf.keras.utils.set_random_seed(seed)
    model = build_model(rate)
    hist = model.fit(x, y, epochs=40, batch_size=20, validation_data=(x_val, y_val), verbose=0)
    return model, hist.history


def gap(history):
    return [v - t for v, t in zip(history["val_loss"], history["loss"])]
