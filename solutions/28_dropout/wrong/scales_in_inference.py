# variant: wrong
# fails: inference_changes_nothing, dropped_or_scaled
# mistake: scaled_in_inference
# who: dropout as in the deep-learning-from-scratch book: masks in training, multiplies in inference
import numpy as np
from tensorflow import keras

class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio = dropout_ratio
        self.mask = None

    def forward(self, x, train_flg=True):
        if train_flg:
            self.mask = np.random.rand(*x.shape) > self.dropout_ratio
            return x * self.mask
        else:
            return x * (1.0 - self.dropout_ratio)

def dropout(x, rate, training, seed):
    np.random.seed(seed)
    return Dropout(rate).forward(x, training)

def build_model(rate):
    ip = keras.Input(shape=(20,))
    n = keras.layers.Dense(64, activation="relu")(ip)
    n = keras.layers.Dropout(rate)(n)
    n = keras.layers.Dense(1, activation="linear")(n)
    return keras.Model(inputs=ip, outputs=n)

def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history

def gap(history):
    return np.array(history["val_loss"]) - np.array(history["loss"])

