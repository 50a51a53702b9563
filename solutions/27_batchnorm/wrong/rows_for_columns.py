# variant: wrong
# fails: training_example, moving_average
# mistake: each_row, momentum_swapped
# who: normalizes each sample (that is layer normalization), and swaps the shares of the momentum as PyTorch counts them
import tensorflow as tf
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

def batchnorm_training(x, gamma, beta, epsilon=0.001):
    mean = tf.reduce_mean(x, axis=1, keepdims=True)
    var = tf.math.reduce_variance(x, axis=1, keepdims=True)
    return gamma * (x - mean) / tf.sqrt(var + epsilon) + beta

def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta

def update_moving(moving, batch_value, momentum=0.99):
    return (1 - momentum) * moving + momentum * batch_value

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

