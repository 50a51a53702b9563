# variant: wrong
# fails: network_training
# mistake: second_ignores_training
# who: a subclass that leaves training=False in the second call after an experiment
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

def batchnorm_training(x, gamma, beta, epsilon=0.001):
    return gamma * (x - x.mean(axis=0)) / np.sqrt(x.var(axis=0) + epsilon) + beta

def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return gamma * (x - moving_mean) / np.sqrt(moving_variance + epsilon) + beta

def update_moving(moving, batch_value, momentum=0.99):
    return momentum * moving + (1 - momentum) * batch_value

class Net(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.bn1 = keras.layers.BatchNormalization(momentum=0.9)
        self.dense1 = keras.layers.Dense(units, activation="sigmoid")
        self.bn2 = keras.layers.BatchNormalization(momentum=0.9)
        self.dense2 = keras.layers.Dense(1)

    def call(self, x):
        x = self.dense1(self.bn1(x))
        return self.dense2(self.bn2(x, training=False))

def build_model(units):
    return Net(units)

def parameter_counts(units):
    return 6 * units + 5, 2 * units + 4

def train(seed):
    keras.utils.set_random_seed(seed)
    net = build_model(8)
    net.compile(optimizer=keras.optimizers.RMSprop(0.02), loss="mse")
    net.fit(INPUTS, LABELS, epochs=500, verbose=0)
    return net
