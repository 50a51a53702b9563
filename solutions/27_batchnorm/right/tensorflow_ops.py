# variant: right
# who: tf.nn all the way, returns tensors, counts with the model's own lists, type hints
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def batchnorm_training(x, gamma, beta, epsilon: float = 0.001) -> tf.Tensor:
    mean, variance = tf.nn.moments(tf.constant(x), axes=[0])
    return tf.nn.batch_normalization(x, mean, variance, beta, gamma, epsilon)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon: float = 0.001) -> tf.Tensor:
    return tf.nn.batch_normalization(x, moving_mean, moving_variance, beta, gamma, epsilon)


def update_moving(moving, batch_value, momentum: float = 0.99) -> tf.Tensor:
    moving, batch_value = tf.constant(moving), tf.constant(batch_value)
    return moving - (moving - batch_value) * (1 - momentum)


def build_model(units: int) -> tf.keras.Model:
    inp = layers.Input((2,))
    n = layers.BatchNormalization(momentum=0.9)(inp)
    n = layers.Dense(units, activation=tf.nn.sigmoid)(n)
    n = layers.BatchNormalization(momentum=0.9)(n)
    out = layers.Dense(1)(n)
    model = tf.keras.Model(inp, out)
    model.compile(optimizer=tf.keras.optimizers.Adam(learning_rate=0.01), loss=tf.keras.losses.MeanSquaredError(), metrics=["acc"])
    return model


def parameter_counts(units: int):
    model = build_model(units)
    count = lambda ws: int(sum(np.prod(w.shape) for w in ws))
    return count(model.trainable_weights), count(model.non_trainable_weights)


def train(seed: int):
    tf.keras.utils.set_random_seed(seed)
    model = build_model(8)
    history = model.fit(INPUTS, LABELS, epochs=500, batch_size=4, verbose=0)
    print("last loss", history.history["loss"][-1])
    return model


m = build_model(2)
m.summary()
print(batchnorm_training(INPUTS, np.ones(2, "float32"), np.zeros(2, "float32")))
