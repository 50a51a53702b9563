# variant: wrong
# fails: dropped_or_scaled, dropout_closes_gap
# mistake: mask_only, off_while_training
# who: a training loop of their own that calls the network as for predictions; returns the mask
import numpy as np
import tensorflow as tf
from tensorflow import keras


def dropout(x, rate, training, seed):
    if not training:
        return x
    return (np.random.default_rng(seed).random(x.shape) >= rate) / (1 - rate)


def build_model(rate):
    inputs = keras.Input(shape=(20,))
    hidden = keras.layers.Dense(64, activation="relu")(inputs)
    hidden = keras.layers.Dropout(rate)(hidden)
    return keras.Model(inputs, keras.layers.Dense(1)(hidden))


def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    optimizer = keras.optimizers.Adam(learning_rate=0.01)
    history = {"loss": [], "val_loss": []}

    @tf.function
    def step(inputs, labels):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((model(inputs, training=False) - labels) ** 2)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables))
        return loss

    for _ in range(80):
        history["loss"].append(float(step(x, y)))
        history["val_loss"].append(float(tf.reduce_mean((model(x_val, training=False) - y_val) ** 2)))
    return model, history


def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])
