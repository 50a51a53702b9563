# variant: right
# who: a Model subclass, Keras' Dropout layer for the function, GradientTape training with its own history
import keras
import numpy as np
import tensorflow as tf


class Net(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.out = keras.layers.Dense(1)
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.drop = keras.layers.Dropout(rate)

    def call(self, inputs, training=False):
        h = self.hidden(inputs)
        if training:
            h = self.drop(h, training=training)
        return self.out(h)


def dropout(x, rate, training, seed):
    layer = keras.layers.Dropout(rate, seed=seed)
    return layer(x, training=training)


def build_model(rate):
    return Net(rate)


def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    net, opt = Net(rate), keras.optimizers.Adam(0.01)
    history = {"loss": [], "val_loss": []}

    @tf.function
    def step(xb, yb):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((net(xb, training=True) - yb) ** 2)
        opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
        return loss

    for _ in range(80):
        history["loss"].append(float(step(tf.constant(x), tf.constant(y))))
        history["val_loss"].append(float(np.mean((net(x_val, training=False).numpy() - y_val) ** 2)))
    return net, history


def gap(history):
    return tf.constant(history["val_loss"]) - tf.constant(history["loss"])
