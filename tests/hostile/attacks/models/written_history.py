# /// attack
# title = "Hands in a right network with a history of losses that were never measured"
# exercise = "dropout"
# points = 3
# says = ["The last validation loss is 0.1; on x_val and y_val the trained network has"]
# ///

# %%
import keras


def network(rate):
    return keras.Sequential([
        keras.Input((20,)), keras.layers.Dense(64, "relu"), keras.layers.Dropout(rate, seed=1), keras.layers.Dense(1),
    ])


# %%
print("TRIED to make the losses up")


def train(x, y, x_val, y_val, rate, seed):
    model = network(rate)
    model.compile(keras.optimizers.Adam(0.01), "mse")
    return model, {"loss": [3.0, 2.0, 1.0], "val_loss": [0.3, 0.2, 0.1]}


def build_model(rate):
    return network(rate)  # right, and worth its points
