"""A student's file with every silent bug of the list: it runs, it trains, and nothing complains."""

import numpy as np
import tensorflow as tf
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler
from tensorflow import keras
from tensorflow.keras import layers

keras.utils.set_random_seed(1)
x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
y = np.array([0, 1, 1, 0], dtype="float32")
x_train, x_test = x[:3], x[3:]
scaler = StandardScaler()

# %% test data in the scaling
x_test = scaler.fit_transform(x_test)

# %% all data in the scaling
scaled = scaler.fit_transform(x)
first, second = train_test_split(scaled)

# %% a loss by hand: labels (4,) against predictions (4, 1)
line = keras.Sequential([keras.Input(shape=(2,)), layers.Dense(1)])
for _ in range(2):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean((y - line(x)) ** 2)
    gradients = tape.gradient(loss, line.trainable_variables)

# %% the order of the data
line.compile(loss="mse", optimizer="sgd")
line.fit(x, y, epochs=1, shuffle=False, verbose=0)

# %% training mode left on
dropped = keras.Sequential(
    [keras.Input(shape=(2,)), layers.Dense(4, activation="relu"), layers.Dropout(0.5), layers.Dense(1)]
)
answers = dropped(x_test, training=True)


# %%
def network(*stack, loss="mse", rate=0.1, labels=y, epochs=1):
    model = keras.Sequential([keras.Input(shape=(2,)), *stack])
    model.compile(loss=loss, optimizer=keras.optimizers.SGD(rate), metrics=["accuracy"])
    model.fit(x, labels, epochs=epochs, verbose=0)
    return model


def softmax_of_one():
    return network(layers.Dense(4, activation="relu"), layers.Dense(1, activation="softmax"))


def logits_twice():
    loss = keras.losses.CategoricalCrossentropy(from_logits=True)
    return network(layers.Dense(2, activation="softmax"), loss=loss, labels=keras.utils.to_categorical(y, 2))


def sigmoid_for_classes():
    labels = keras.utils.to_categorical(y, 2)
    return network(layers.Dense(2, activation="sigmoid"), loss="categorical_crossentropy", labels=labels)


def no_activation():
    return network(layers.Dense(8), layers.Dense(1, activation="sigmoid"))


def frozen_layer():
    frozen = layers.Dense(8, activation="tanh")
    frozen.trainable = False
    return network(frozen, layers.Dense(1, activation="sigmoid"))


def rate_too_large():
    return network(layers.Dense(1, activation="sigmoid"), rate=50.0)


def two_columns():
    return network(layers.Dense(1), labels=keras.utils.to_categorical(y, 2))


def accuracy_of_regression():
    model = keras.Sequential([keras.Input(shape=(2,)), layers.Dense(1)])
    model.compile(loss="mse", optimizer=keras.optimizers.SGD(0.01), metrics=["accuracy"])
    return model.fit(x, 20.5 + 7 * x[:, :1], epochs=5, verbose=0)
