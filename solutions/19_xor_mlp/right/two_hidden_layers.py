# variant: right
# who: two hidden layers of different widths, everything before the output unit
import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import Dense

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


def build_model():
    return keras.Sequential([keras.Input((2,)), Dense(16, "relu"), Dense(8, "relu"), Dense(1, "sigmoid")])


def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(optimizer=keras.optimizers.Adam(0.02), loss="binary_crossentropy", metrics=["accuracy"])
    model.fit(INPUTS, LABELS, epochs=150, verbose=0)
    return model


def hidden_points(model):
    points = INPUTS
    for layer in model.layers[:-1]:
        points = layer(points)
    return points.numpy()


def classic_network():
    return keras.Sequential([keras.Input((2,)), Dense(2, "sigmoid"), Dense(1, "sigmoid")])
