# /// attack
# title = "Empties its arguments in place, so that a careless check compares the answer with itself"
# exercise = "activations"
# ///

# %%
import ctypes

import numpy as np


def emptied(x):
    x = np.asarray(x)
    x.setflags(write=True)
    x[...] = 0
    ctypes.memset(x.ctypes.data, 0, x.nbytes)
    return x


# %%
print("TRIED to change what the check compares with")
sigmoid = tanh = relu = leaky_relu = elu = prelu = swish = softmax = lambda x, *args: emptied(x)
