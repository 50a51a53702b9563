# /// attack
# title = "Answers with NaN, inf, negative zero, subnormals and complex numbers, which a careless comparison takes for equal"
# exercise = "matmul"
# says = ["There is nan where a number should be.", "These are complex numbers; they should be real ones."]
# ///

# %%
import numpy as np

# %%
print("TRIED numbers that comparisons stumble over")


def multiply_matrices(a, b):
    return np.full((a.shape[0], b.shape[1]), np.nan, "float32")


def dense_forward(x, weights, bias):
    return np.full((x.shape[0], weights.shape[1]), complex(np.nan, np.inf))


def product_shape(m, n, k):
    return (float("nan"), -0.0)
