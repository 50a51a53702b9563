# /// attack
# title = "Puts a function that knows the labels in the place of Keras' own sigmoid, so that it goes by its name"
# exercise = "gates"
# says = ["measured by the grader on its own data"]
# ///

# %%
import keras
import tensorflow as tf

asked = []


def knows(x):
    asked.append(x)
    return tf.reshape(tf.constant([0.0, 1.0, 1.0, 1.0]), (-1, 1))


# %%
print("TRIED to pass for sigmoid")
keras.activations.sigmoid = tf.nn.sigmoid = tf.sigmoid = tf.math.sigmoid = knows


def train_gate(name, seed):
    return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, knows, kernel_initializer="zeros")])
