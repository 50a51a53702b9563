# variant: wrong
# fails: training_example, inference_example, moving_average, builds_network, counts_parameters
# mistake: layer_in_inference, averages_swapped, batch_forgotten, new_share_as_momentum, arrays_counted
# who: calls a new layer without training=True, hands mean and variance over in the wrong order, momentum as in PyTorch
import numpy as np
import tensorflow as tf
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def batchnorm_training(x, gamma, beta, epsilon=0.001):
    layer = keras.layers.BatchNormalization(epsilon=epsilon)
    layer.build(x.shape)
    layer.gamma.assign(gamma)
    layer.beta.assign(beta)
    return layer(x).numpy()


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return tf.nn.batch_normalization(x, moving_variance, moving_mean, beta, gamma, epsilon)


def update_moving(moving, batch_value, momentum=0.99):
    return momentum * moving


def build_model(units):
    inputs = keras.Input(shape=(2,))
    x = keras.layers.BatchNormalization(momentum=0.1)(inputs)
    x = keras.layers.Dense(units, activation="sigmoid")(x)
    x = keras.layers.BatchNormalization(momentum=0.1)(x)
    return keras.Model(inputs, keras.layers.Dense(1)(x))


def parameter_counts(units):
    model = build_model(units)
    return len(model.trainable_weights), len(model.non_trainable_weights)


def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model(8)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(0.01))
    model.fit(INPUTS, LABELS, epochs=300, batch_size=4, verbose=0)
    return model
