# variant: wrong
# fails: training_example
# parts: x - mean
# who: subtracts the mean twice; only the variables in the function show where it goes wrong
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def batchnorm_training(x, gamma, beta, epsilon=0.001):
    batch_mean = x.mean(axis=0)
    centred = x - batch_mean - batch_mean
    batch_variance = x.var(axis=0)
    return gamma * centred / np.sqrt(batch_variance + epsilon) + beta


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta


def update_moving(moving, batch_value, momentum=0.99):
    return moving + (1 - momentum) * (batch_value - moving)


def build_model(units):
    inputs = keras.Input(shape=(2,))
    h = keras.layers.BatchNormalization(momentum=0.9)(inputs)
    h = keras.layers.Dense(units, activation="sigmoid")(h)
    h = keras.layers.BatchNormalization(momentum=0.9)(h)
    return keras.Model(inputs, keras.layers.Dense(1)(h))


def parameter_counts(units):
    return 6 * units + 5, 2 * units + 4


def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model(8)
    model.compile(loss="mse", optimizer="adam")
    model.fit(INPUTS, LABELS, epochs=500, verbose=0)
    return model
