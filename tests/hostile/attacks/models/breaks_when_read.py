# /// attack
# title = "Hands in models whose config, weights, name or layers raise, hang, lie or are enormous"
# exercise = "gates"
# ///

# %%
import keras
import numpy as np


class Config(keras.layers.Dense):
    def get_config(self):
        return {"units": "x" * 50_000_000, "again": [self] * 100_000, "deep": deep}


class Raises(keras.layers.Dense):
    def get_config(self):
        raise SystemExit(0)

    weights = property(lambda self: 1 / 0)


class NoWeights(keras.Model):
    built = property(lambda self: True, lambda self, value: None)
    weights = property(lambda self: [object(), 3, None])
    layers = property(lambda self: [self] * 10_000)

    def get_weights(self):
        return {"kernel": 3}


class Sized(keras.Model):
    weights = property(lambda self: [np.zeros(30_000_000, "float32")])

    def count_params(self):
        return -1

    def get_weights(self):
        return 3


deep = []
for _ in range(100_000):
    deep = [deep]
made = [
    lambda: keras.Sequential([keras.Input((2,)), Config(5)]),
    lambda: keras.Sequential([keras.Input((2,)), Raises(5)]),
    lambda: NoWeights(),
    lambda: Sized(name="n" * 100_000),
    lambda: keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="{0}" * 300), keras.layers.Dense(1, name="..\u202e")]),
    lambda: keras.Sequential(),
    lambda: keras.Model,
]
turn = iter(range(10**6))

# %%
print("TRIED to break whoever reads a model")
build_gate_model = lambda: made[next(turn) % len(made)]()
train_gate = lambda name, seed: made[next(turn) % len(made)]()
