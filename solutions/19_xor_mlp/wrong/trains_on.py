# variant: wrong
# fails: learns_from_other_starts
# mistake: same_network_again
# who: one model outside, trained further with every call

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")

# %%
def build_model():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(32, activation="relu"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])

# %%
the_model = build_model()
the_model.compile(optimizer=keras.optimizers.RMSprop(0.01), loss='mse', metrics=['accuracy'])

def train(seed):
    keras.utils.set_random_seed(seed)
    the_model.fit(INPUTS, LABELS, epochs=100, verbose=0)
    return the_model

# %%
def hidden_points(model):
    return model.layers[0](INPUTS)

# %%
def classic_network():
    return keras.Sequential([
        keras.Input(shape=(2,)),
        keras.layers.Dense(2, activation="sigmoid"),
        keras.layers.Dense(1, activation="sigmoid"),
    ])
