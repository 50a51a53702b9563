# variant: wrong
# fails: small_layer
# mistake: activation_added
# parts: return
# who: thinks that every layer ends with relu
import keras
import numpy as np

def multiply_matrices(a, b):
    return np.array(a) @ np.array(b)

def dense_forward(x, w, b):
    dense = keras.layers.Dense(int(w.shape[-1]), activation='relu')
    dense(x)
    dense.set_weights([np.array(w), np.array(b)])
    return dense(x).numpy()

def product_shape(m, n, k):
    return (m, k)
