# /// attack
# title = "Answers with a subclass of ndarray that overrides everything by which it could be read"
# exercise = "matmul"
# says = ["4 of 4 values differ."]
# ///

# %%
import numpy as np


class Liar(np.ndarray):
    def __eq__(self, other):
        return np.True_

    def __array_wrap__(self, array, context=None, return_scalar=False):
        return self

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.True_

    def __array_function__(self, function, types, args, kwargs):
        return np.True_

    def __array_finalize__(self, owner):
        self.claims = "whatever is expected"

    def astype(self, *args, **kwargs):
        return self

    tobytes = tolist = view = ravel = reshape = copy = astype
    shape = property(lambda self: (10**6, 10**6))
    dtype = property(lambda self: np.dtype("O"))
    size = property(lambda self: 0)


# %%
print("TRIED to be read by means of its own")


def multiply_matrices(a, b):
    return np.zeros((2, 2), "float32").view(Liar)


def dense_forward(x, weights, bias):
    return np.zeros((2, 2), "float32").view(Liar)
