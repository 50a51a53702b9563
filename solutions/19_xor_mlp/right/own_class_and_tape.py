# variant: right
# who: subclasses keras.Model, GradientTape in a tf.function, 16 relu units, the hidden layer as a method

# %%
import numpy as np
import tensorflow as tf

INPUTS = tf.constant([[0, 0], [1, 0], [0, 1], [1, 1]], dtype=tf.float32)
LABELS = tf.constant([[0], [1], [1], [0]], dtype=tf.float32)


# %%
class XorNet(tf.keras.Model):
    """One hidden layer."""

    def __init__(self, units=16, activation="relu"):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(units, activation=activation)
        self.out = tf.keras.layers.Dense(1, activation="sigmoid")

    def call(self, x):
        return self.out(self.hidden(x))


def build_model():
    return XorNet()


# %%
def train(seed):
    tf.keras.utils.set_random_seed(seed)
    net = build_model()
    net(INPUTS)
    optimizer = tf.keras.optimizers.Adam(0.05)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(net(INPUTS) - LABELS))
        grads = tape.gradient(loss, net.trainable_variables)
        optimizer.apply_gradients(zip(grads, net.trainable_variables))
        return loss

    for i in range(300):
        loss = step()
        if i % 100 == 0:
            print(i, float(loss))
    return net


# %%
def hidden_points(model):
    return model.hidden(INPUTS)


# %%
def classic_network():
    net = XorNet(2, "sigmoid")
    net.build((None, 2))
    return net
