# variant: right
# who: Functional API with named layers, 8 tanh units, cross-entropy, a second model for the hidden layer
# %%
from __future__ import annotations

import keras
import numpy as np
from keras import layers

X: np.ndarray = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
Y: np.ndarray = np.array([0, 1, 1, 0], dtype="float32")


# %%
def build_model(units: int = 8) -> keras.Model:
    inputs = keras.Input(shape=(2,), name="bits")
    hidden = layers.Dense(units, activation="tanh", name="hidden")(inputs)
    outputs = layers.Dense(1, activation="sigmoid", name="answer")(hidden)
    return keras.Model(inputs, outputs, name="xor")


# %%
def train(seed: int) -> keras.Model:
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.05),
        loss=keras.losses.BinaryCrossentropy(),
        metrics=["accuracy"],
    )
    model.fit(X, Y, epochs=200, verbose=0)
    return model


# %%
def hidden_points(model: keras.Model) -> np.ndarray:
    until_hidden = keras.Model(model.input, model.get_layer("hidden").output)
    return until_hidden.predict(X, verbose=0)


# %%
def classic_network() -> keras.Model:
    inputs = keras.Input(shape=(2,))
    hidden = layers.Dense(2, activation=keras.activations.sigmoid)(inputs)
    return keras.Model(inputs=[inputs], outputs=[layers.Dense(1, activation="sigmoid")(hidden)])
