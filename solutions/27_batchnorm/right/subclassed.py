# variant: right
# who: a Model subclass with call(x, training), layers declared in another order than they are used, GradientTape loop
import tensorflow as tf
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


class XorNet(keras.Model):
    def __init__(self, units):
        super().__init__()
        self.hidden = keras.layers.Dense(units, activation="sigmoid")
        self.out = keras.layers.Dense(1)
        self.bn1 = keras.layers.BatchNormalization(momentum=0.9)
        self.bn2 = keras.layers.BatchNormalization(momentum=0.9)

    def call(self, x, training=None):
        x = self.bn1(x, training=training)
        x = self.hidden(x)
        x = self.bn2(x, training=training)
        return self.out(x)


def build_model(units):
    return XorNet(units)


def parameter_counts(units):
    net = XorNet(units)
    net(tf.zeros((1, 2)))
    total = net.count_params()
    frozen = sum(int(tf.size(w)) for w in net.non_trainable_variables)
    return total - frozen, frozen


def batchnorm_training(x, gamma, beta, epsilon=0.001):
    mean = tf.reduce_mean(x, axis=0, keepdims=True)
    variance = tf.reduce_mean(tf.square(x - mean), axis=0, keepdims=True)
    return batchnorm_inference(x, gamma, beta, mean, variance, epsilon)


def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return gamma * (x - moving_mean) * tf.math.rsqrt(moving_variance + epsilon) + beta


def update_moving(moving, batch_value, momentum=0.99):
    return tf.multiply(moving, momentum) + tf.multiply(batch_value, 1.0 - momentum)


def train(seed):
    keras.utils.set_random_seed(seed)
    net = XorNet(8)
    optimizer = keras.optimizers.Adam(0.01)
    x, y = tf.constant(INPUTS), tf.constant(LABELS)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(net(x, training=True) - y))
        grads = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
        return loss

    for epoch in range(500):
        loss = step()
        if epoch % 100 == 0:
            tf.print(epoch, loss)
    return net
