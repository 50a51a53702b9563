# variant: wrong
# fails: inference_changes_nothing, dropped_or_scaled, computes_gap
# who: prints instead of returning
import numpy as np
from tensorflow import keras

def dropout(x, rate, training, seed):
    if training:
        rng = np.random.default_rng(seed)
        x = x * (rng.random(x.shape) >= rate) / (1 - rate)
    print(x)

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
    for i in range(len(history["loss"])):
        print(i, history["val_loss"][i] - history["loss"][i])
