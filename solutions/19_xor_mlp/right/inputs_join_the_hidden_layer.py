# variant: right
# who: the output unit sees the inputs as well, and the learning rate falls to 0
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def build_model():
    x = keras.Input((2,))
    hidden = keras.layers.Dense(16, activation="tanh", name="hidden")(x)
    both = keras.layers.Concatenate()([x, hidden])
    return keras.Model(x, keras.layers.Dense(1, activation="sigmoid")(both))


def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    schedule = keras.optimizers.schedules.CosineDecay(0.1, 150)
    model.compile(optimizer=keras.optimizers.Adam(schedule), loss="mse")
    model.fit(INPUTS, LABELS, epochs=150, verbose=0)
    return model


def hidden_points(model):
    return model.get_layer("hidden")(INPUTS)


def classic_network():
    x = keras.Input((2,))
    return keras.Model(x, keras.layers.Dense(1, "sigmoid")(keras.layers.Dense(2, "sigmoid")(x)))
