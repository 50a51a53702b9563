# variant: wrong
# fails: builds_network
# mistake: always_on
# who: training=True written into the call of a subclass
import numpy as np
from tensorflow import keras

def dropout(x, rate, training, seed):
    if not training:
        return x
    rng = np.random.default_rng(seed)
    mask = rng.random(x.shape) >= rate
    return x * mask / (1 - rate)

class Net(keras.Model):
    def __init__(self, rate):
        super().__init__()
        self.hidden = keras.layers.Dense(64, activation="relu")
        self.drop = keras.layers.Dropout(rate)
        self.out = keras.layers.Dense(1)

    def call(self, x):
        return self.out(self.drop(self.hidden(x), training=True))

def build_model(rate):
    return Net(rate)

def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history

def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])

