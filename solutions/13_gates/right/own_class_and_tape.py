# variant: right
# who: subclasses keras.Model, trains with GradientTape, labels by NumPy's logical functions

# %%
import itertools

import numpy as np
import tensorflow as tf

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")


# %%
def gate_labels(name):
    a, b = INPUTS.T.astype(bool)
    made = {
        "OR": np.logical_or(a, b),
        "AND": np.logical_and(a, b),
        "NAND": ~np.logical_and(a, b),
        "XOR": np.logical_xor(a, b),
    }
    return made[name].astype(np.float32)[:, np.newaxis]


# %%
class Perceptron(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.neuron = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return tf.sigmoid(self.neuron(inputs))


def build_gate_model():
    return Perceptron()


# %%
def train_gate(name, seed):
    tf.keras.utils.set_random_seed(seed)
    model = build_gate_model()
    x, y = tf.constant(INPUTS), tf.constant(gate_labels(name))
    model(x)
    optimizer = tf.keras.optimizers.SGD(2.0)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.keras.losses.binary_crossentropy(y, model(x)))
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    for _ in range(200):
        step()
    return model


# %%
def single_layer_best(name):
    y = gate_labels(name).ravel()
    steps = [-1.5, -1, -0.5, 0.5, 1, 1.5]
    scores = []
    for w1, w2, b in itertools.product(steps, steps, steps):
        scores.append(np.mean((INPUTS @ np.array([w1, w2]) + b > 0) == (y > 0.5)))
    return np.float32(max(scores))
