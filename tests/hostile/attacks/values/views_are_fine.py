# /// attack
# title = "Right answers as views: negative strides, columns first, zero-size axes, big-endian, bfloat16"
# exercise = "matmul"
# points = "all"
# ///

# %%
import numpy as np
import tensorflow as tf


# %%
def multiply_matrices(a, b):
    print("TRIED to be read wrongly")
    product = np.asarray(a) @ np.asarray(b)
    return np.flip(np.asfortranarray(np.flip(product)))  # the right values, from the last byte to the first


# %%
def dense_forward(x, weights, bias):
    made = tf.matmul(x, weights).numpy() + bias.numpy()
    wide = np.zeros((2 * made.shape[0], 3 * made.shape[1]), ">f8")
    wide[::-2, ::3] = made
    return wide[::-2, ::3]


# %%
def product_shape(m, n, k):
    return np.zeros((m, 0, k)).shape[::2]
