# /// attack
# title = "Names of layers, models, losses and history keys in HTML and terminal codes"
# exercise = "gates"
# ///

# %%
import keras

print("TRIED names of layers")
NASTY = "<script>alert('CANARY')<script>\x1b[2J\u202e::error::x"


class Net(keras.Model):
    def call(self, x):
        return x


Net.__name__ = Net.__qualname__ = NASTY


def build_gate_model():
    try:
        model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, name=NASTY)], name=NASTY)
        model.compile(loss="mse", metrics=[keras.metrics.MeanSquaredError(name=NASTY)])
    except ValueError:
        model = Net()
    model.name = NASTY
    return model


def gate_labels(name):
    return {NASTY: NASTY}


def train_gate(*args):
    return build_gate_model(), {NASTY: [1.0, 2.0]}
