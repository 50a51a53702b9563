# variant: right
# who: lets a Keras layer compute, reads counts from count_params, trains by train_on_batch
import keras
import numpy as np
from keras import layers, ops

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def _layer(x, gamma, beta, mean, variance, epsilon):
    bn = layers.BatchNormalization(epsilon=epsilon)
    bn.build((None, x.shape[1]))
    bn.set_weights([gamma, beta, mean, variance])
    return bn


def batchnorm_training(x, gamma, beta, epsilon=0.001):
    n = x.shape[1]
    bn = _layer(x, gamma, beta, np.zeros(n, "float32"), np.ones(n, "float32"), epsilon)
    return bn(x, training=True)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return ops.convert_to_numpy(_layer(x, gamma, beta, moving_mean, moving_variance, epsilon)(x, training=False))


def update_moving(moving, batch_value, momentum=0.99):
    moving = moving.copy()
    moving *= momentum
    moving += (1 - momentum) * batch_value
    return moving


def build_model(units):
    seq = keras.Sequential([
        layers.BatchNormalization(momentum=0.9),
        layers.Dense(units, "sigmoid"),
        layers.BatchNormalization(momentum=0.9),
        layers.Dense(1),
    ])
    inputs = keras.Input((2,), name="two_bits")
    return keras.Model(inputs, seq(inputs))


def parameter_counts(units):
    model = build_model(units)
    not_trained = sum(ops.size(w) for w in model.non_trainable_variables)
    return model.count_params() - not_trained, not_trained


def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model(8)
    model.compile(keras.optimizers.SGD(0.1), "mse")
    for _ in range(400):
        model.train_on_batch(INPUTS, LABELS)
    return model
