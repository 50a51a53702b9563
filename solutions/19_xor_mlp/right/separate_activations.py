# variant: right
# who: no input shape, Activation as layers of their own, batch size 1, nested lists for the hidden points

# %%
import numpy as np
from tensorflow import keras
from tensorflow.keras.layers import Activation, Dense

xor = np.array([[0, 0, 0], [1, 0, 1], [0, 1, 1], [1, 1, 0]], dtype=np.float64)
x, y = xor[:, :2], xor[:, 2:]

# %%
def build_model():
    model = keras.Sequential()
    model.add(Dense(16))
    model.add(Activation('relu'))
    model.add(Dense(1))
    model.add(Activation('sigmoid'))
    return model

# %%
def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(optimizer=keras.optimizers.SGD(0.5), loss='binary_crossentropy', metrics=['accuracy'])
    history = model.fit(x, y, batch_size=1, epochs=150, verbose=0)
    return model

# %%
def hidden_points(model):
    values = x
    for layer in model.layers[:-2]:
        values = layer(values)
    return [[float(v) for v in row] for row in values]

# %%
def classic_network():
    model = keras.Sequential()
    model.add(keras.Input((2,)))
    model.add(Dense(2))
    model.add(Activation('sigmoid'))
    model.add(Dense(1))
    model.add(Activation('sigmoid'))
    return model

classic_network().summary()
