# /// attack
# title = "Counts its calls in files and globals, also over restarts, and plays the lecture's answers back in order"
# exercise = "matmul"
# points = 4
# says = ["values differ.", "The shape differs."]
# ///

# %%
import os

import numpy as np

# The lecture's own examples are public: whoever writes them down has their four points, and no more.
LECTURE = {"multiply": [[[15, 43], [5, 17]]], "dense": [[[12.0, 5.0], [12.5, -11.0]]], "shape": [(10, 3)]}


def recite(name):
    with open(name, "a+") as file:
        file.write("x")
        count = file.tell()
    print("TRIED to tell hidden checks by their number", count)
    return LECTURE[name][0]


# %%
multiply_matrices = lambda a, b: np.array(recite("multiply"))
dense_forward = lambda x, w, b: np.array(recite("dense"), "float32")
product_shape = lambda m, n, k: recite("shape")
