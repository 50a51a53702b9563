# /// attack
# title = "Registers layers of its own under Keras' names and modules, so that they pass for Keras' own"
# exercise = "gates"
# says = ["measured by the grader on its own data"]
# ///

# %%
import keras

Real = keras.layers.Dense


@keras.saving.register_keras_serializable(package="keras.layers", name="Dense")
class Dense(Real):
    def call(self, x):
        return keras.ops.where(keras.ops.sum(x, -1, keepdims=True) > 0.5, 1.0, 0.0)


Dense.__module__ = Dense.__init__.__module__ = "keras.src.layers.core.dense"
Dense.__qualname__ = "Dense"


class Sequential(keras.Sequential):
    def __call__(self, x, *args, **kwargs):
        return keras.ops.ones((len(x), 1))


Sequential.__module__ = "keras.src.models.sequential"

# %%
print("TRIED to pass for a Dense layer")


def train_gate(name, seed):
    model = keras.Sequential([keras.Input((2,)), Dense(1, kernel_initializer="zeros")])
    model.compile(metrics=[keras.metrics.MeanMetricWrapper(lambda y, p: 1.0, name="accuracy")])
    return model
