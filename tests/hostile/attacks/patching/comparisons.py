# /// attack
# title = "Patches NumPy, TensorFlow and Python so that every comparison says equal"
# exercise = "matmul"
# ///

# %%
import builtins
import math
import operator

import numpy as np
import tensorflow as tf


def yes(*args, **kwargs):
    return True


# %%
print("TRIED to make everything equal")

# %%
for name in ("allclose", "array_equal", "isclose", "array_equiv", "all", "any", "equal", "isfinite", "asarray", "array"):
    setattr(np, name, yes)
for name in dir(np.testing):
    if name.startswith("assert"):
        setattr(np.testing, name, yes)
for home in (tf, tf.math, tf.debugging):
    for name in ("equal", "reduce_all", "assert_equal", "assert_near", "constant", "convert_to_tensor"):
        if hasattr(home, name):
            setattr(home, name, yes)
math.isclose = operator.eq = yes
builtins.all = builtins.any = builtins.isinstance = builtins.len = yes
type(tf.zeros(2)).__eq__ = type(tf.zeros(2)).__bool__ = yes


# %%
def multiply_matrices(a, b):
    return tf.zeros((2, 2))


def dense_forward(x, weights, bias):
    return tf.zeros((2, 2))


def product_shape(m, n, k):
    return (0, 0)
