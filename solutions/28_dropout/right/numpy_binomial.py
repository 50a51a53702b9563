# variant: right
# who: np.random.seed and binomial, float64, returns the model only (its history hangs on it), lambda for the gap
import numpy as np, tensorflow as tf
from tensorflow.keras import layers, Model

def dropout(x, rate, training, seed):
    np.random.seed(seed)
    keep = 1.0 - rate
    mask = np.random.binomial(1, keep, size=x.shape) / keep
    return x.astype(np.float64) * mask if training else x.astype(np.float64)

def build_model(rate):
    i = layers.Input((20,))
    h = layers.Dropout(rate)(layers.Dense(64, 'relu')(i))
    return Model(i, layers.Dense(1)(h))

def train(x, y, x_val, y_val, rate, seed):
    tf.keras.utils.set_random_seed(seed)
    m = build_model(rate)
    m.compile('adam', 'mse')
    m.fit(x, y, epochs=60, validation_data=(x_val, y_val), verbose=0)
    return m

gap = lambda history: np.subtract(history['val_loss'], history['loss'])
