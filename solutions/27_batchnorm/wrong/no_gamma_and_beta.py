# variant: wrong
# fails: training_example, inference_example, moving_average
# mistake: no_gamma_beta, only_the_batch
# who: stops at mean 0 and variance 1, and takes the batch's value as the moving average
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

def batchnorm_training(x, gamma, beta, epsilon=0.001):
    return (x - np.mean(x, 0)) / np.sqrt(np.var(x, 0) + epsilon)

def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return (x - moving_mean) / np.sqrt(moving_variance + epsilon)

def update_moving(moving, batch_value, momentum=0.99):
    return batch_value

def build_model(units):
    ip = keras.Input(shape=(2,))
    n = keras.layers.BatchNormalization(momentum=0.9)(ip)
    n = keras.layers.Dense(units, activation="sigmoid")(n)
    n = keras.layers.BatchNormalization(momentum=0.9)(n)
    n = keras.layers.Dense(1, activation="linear")(n)
    return keras.Model(inputs=ip, outputs=n)

def parameter_counts(units):
    return 6 * units + 5, 2 * units + 4

def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model(8)
    model.compile(loss="mse", optimizer="adam", metrics=["accuracy"])
    model.fit(INPUTS, LABELS, epochs=500, verbose=0)
    return model

