# /// attack
# title = "Patches the methods by which tensors and arrays are read: numpy(), shape, __array__, tobytes"
# exercise = "matmul"
# says = ["4 of 4 values differ."]
# ///

# %%
import ctypes

import numpy as np
import tensorflow as tf

RIGHT = {(3.0, 4.0): [[15.0, 43.0], [5.0, 17.0]]}
Eager = type(tf.zeros(1))
zeros = tf.zeros((2, 2))


# %%
print("TRIED to be read as something else")
Eager.shape = property(lambda self: tf.TensorShape((10**9, 10**9)))
Eager.__array__ = lambda self, *args, **kwargs: np.array(RIGHT[3.0, 4.0])
Eager.__getattr__ = lambda self, name: True
try:
    methods = ctypes.pythonapi.PyType_Modified
    np.ndarray.tobytes = lambda self, *args: b"\xff" * 16
except TypeError:
    print("TRIED to patch ndarray, which Python does not allow")


def multiply_matrices(a, b):
    return zeros


dense_forward = multiply_matrices
