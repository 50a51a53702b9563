# variant: right
# who: an activation that is not Keras' own, eight units
import numpy as np
import tensorflow as tf
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([0, 1, 1, 0])


def build_model():
    layers = [keras.Input((2,)), keras.layers.Dense(8, activation=tf.sin), keras.layers.Dense(1, activation="sigmoid")]
    return keras.Sequential(layers)


def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(keras.optimizers.Adam(0.05), "binary_crossentropy")
    model.fit(INPUTS, LABELS, epochs=150, verbose=0)
    return model


def hidden_points(model):
    return model.layers[0](INPUTS).numpy()


def classic_network():
    layers = [keras.layers.Dense(2, "sigmoid"), keras.layers.Dense(1, "sigmoid")]
    return keras.Sequential([keras.Input((2,)), *layers])
