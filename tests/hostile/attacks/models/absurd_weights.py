# /// attack
# title = "Hands in models with weights of 400 MB, of NaN and inf, and layers that would compute 10^13 products"
# exercise = "xor_mlp"
# ///

# %%
import keras
import numpy as np


def with_weights(value):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(4, "relu"), keras.layers.Dense(1, "sigmoid")])
    model.set_weights([np.full(w.shape, value, "float32") for w in model.get_weights()])
    return model


def wide():
    image = keras.layers.Reshape((1, 1, 2))
    return keras.Sequential([keras.Input((2,)), image, keras.layers.UpSampling2D(100), keras.layers.Conv2D(64, 100, padding="same")])


made = [
    lambda: keras.Sequential([keras.Input((2,)), keras.layers.Dense(8_000_000), keras.layers.Dense(1)]),
    lambda: with_weights(np.nan),
    lambda: with_weights(np.inf),
    lambda: with_weights(1e-45),
    wide,
]
turn = iter(range(10**6))

# %%
print("TRIED to have the grader compute with absurd weights")
build_model = lambda: made[next(turn) % len(made)]()
train = lambda seed: made[next(turn) % len(made)]()
hidden_points = lambda model: np.full((4, 2), np.nan)
classic_network = lambda: with_weights(np.nan)
