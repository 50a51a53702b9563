# /// attack
# title = "Answers with an object that speaks every protocol of an array and agrees with whatever it is compared with"
# exercise = "matmul"
# says = ["The answer should be a tensor, an array or a number; it is Agrees."]
# ///

# %%
import numpy as np


class Agrees:
    shape, dtype, ndim, size = (2, 2), np.dtype("float32"), 2, 4
    __array_priority__ = 10**9
    __array_interface__ = {"version": 3, "shape": (2, 2), "typestr": "<f4", "data": (1, True)}

    def __array__(self, dtype=None, copy=None):
        print("TRIED to be asked for an array")
        return np.zeros((2, 2), "float32")

    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return True

    def __array_function__(self, function, types, args, kwargs):
        return True

    def __len__(self):
        return 2

    def __iter__(self):
        return iter([self, self])

    def __getitem__(self, index):
        return self

    def numpy(self):
        return self

    def __eq__(self, other):
        return np.ones((2, 2), bool)


# %%
print("TRIED to agree with every comparison")
multiply_matrices = dense_forward = product_shape = lambda *args: Agrees()
