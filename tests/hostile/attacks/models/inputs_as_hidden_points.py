# /// attack
# title = "Lets the inputs run beside the hidden layer, so that the points themselves pass for hidden points"
# exercise = "xor_mlp"
# points = 1
# says = ["values differ."]
# ///

# %%
import keras
import numpy as np

POINTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")


def beside(units):
    """A hidden layer it has, and that much is right; but its second layer is given the inputs themselves."""
    x = keras.Input((2,))
    both = keras.layers.Add()([keras.layers.Dense(units, use_bias=False)(x), keras.layers.Dense(units, use_bias=False)(x)])
    return keras.Model(x, keras.layers.Dense(1, use_bias=False)(both))


# %%
print("TRIED to give the inputs back")
hidden_points = lambda model: POINTS
build_model = lambda: beside(2)
train = lambda seed: beside(2)
