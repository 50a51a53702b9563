# variant: wrong
# fails: training_example, inference_example, moving_average, counts_parameters, network_inference, network_training
# mistake: gamma_beta_swapped, weights_exceed_one, counts_swapped, no_activation
# who: mixes up gamma and beta, forgets epsilon, the other share and the activation
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def batchnorm_training(x, gamma, beta, epsilon=0.001):
    mean, variance = x.mean(axis=0), x.var(axis=0)
    return beta * (x - mean) / np.sqrt(variance + epsilon) + gamma


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance) + beta


def update_moving(moving, batch_value, momentum=0.99):
    return momentum * moving + batch_value


def stack(units, hidden="sigmoid", last="linear"):
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.Dense(units, activation=hidden),
        keras.layers.BatchNormalization(momentum=0.9),
        keras.layers.Dense(1, activation=last),
    ])


def build_model(units):
    return stack(units, hidden=None)


def parameter_counts(units):
    return 2 * units + 4, 6 * units + 5


def train(seed):
    keras.utils.set_random_seed(seed)
    model = stack(8)
    model.compile(loss="mse", optimizer="adam")
    model.fit(INPUTS, LABELS, epochs=500, verbose=0)
    return model
