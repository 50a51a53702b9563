# variant: wrong
# fails: counts_parameters, network_inference, network_training
# mistake: bias_forgotten, sigmoid_at_the_end
# who: counts weights only; sigmoid at the end, as in the lecture before
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def batchnorm_training(x, gamma, beta, epsilon=0.001):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta


def update_moving(moving, batch_value, momentum=0.99):
    return momentum * moving + (1 - momentum) * batch_value


def stack(units, hidden="sigmoid", last="linear"):
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.Dense(units, activation=hidden),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.Dense(1, activation=last),
    ])


def build_model(units):
    return stack(units, last="sigmoid")


def parameter_counts(units):
    return 5 * units + 4, 2 * units + 4


def train(seed):
    keras.utils.set_random_seed(seed)
    model = stack(8)
    model.compile(loss="mse", optimizer="adam")
    model.fit(INPUTS, LABELS, epochs=500, verbose=0)
    return model
