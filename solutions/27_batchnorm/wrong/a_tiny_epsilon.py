# variant: wrong
# fails: training_example, inference_example, moving_average
# mistake: no_epsilon, variance_squared, momentum_fixed
# who: adds 1e-8 as seen elsewhere; squares the variance; takes the plain mean of old and new
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def batchnorm_training(x, gamma, beta, epsilon=0.001):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + 1e-8) + beta


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance**2 + epsilon) + beta


def update_moving(moving, batch_value, momentum=0.99):
    return (moving + batch_value) / 2


def build_model(units):
    inputs = keras.Input(shape=(2,))
    x = keras.layers.BatchNormalization(momentum=0.9)(inputs)
    x = keras.layers.Dense(units, activation="sigmoid")(x)
    x = keras.layers.BatchNormalization(momentum=0.9)(x)
    return keras.Model(inputs, keras.layers.Dense(1)(x))


def parameter_counts(units):
    return 6 * units + 5, 2 * units + 4


def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model(8)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
    model.fit(INPUTS, LABELS, epochs=300, batch_size=4, verbose=0)
    return model
