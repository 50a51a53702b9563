# variant: wrong
# fails: saves_after_training, weights_travel_alone, copies_network
# mistake: saved_too_early, digits_lost, without_weights
# who: saves after the first epoch and goes on training; halves the digits of the weights; trains the copy further
import pickle

import numpy as np
from tensorflow import keras

example = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(5, activation="relu"), keras.layers.Dense(2)])
example.compile(optimizer="sgd", loss="mse")


def train_and_save(model, x, y, path):
    model.fit(x, y, epochs=1, verbose=0)
    model.save(path)
    model.fit(x, y, epochs=5, verbose=0)


def load_network(path):
    return keras.models.load_model(path, compile=False)


def save_weights(model, path):
    with open(path, "wb") as file:
        pickle.dump([weight.astype("float16") for weight in model.get_weights()], file)


def load_weights(model, path):
    with open(path, "rb") as file:
        model.set_weights(pickle.load(file))


def copy_network(model):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    copy.compile(optimizer="sgd", loss="mse")
    copy.fit(np.ones((4, *model.input_shape[1:])), np.ones((4, *model.output_shape[1:])), verbose=0)
    return copy
