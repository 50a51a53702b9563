# variant: right
# who: leans on Keras and TensorFlow functions, plt.subplot, shows the figure and returns nothing
# %%
import numpy as np
import tensorflow as tf
from tensorflow import keras
import matplotlib.pyplot as plt

# %%
f64 = lambda x: tf.constant(x, dtype=tf.float64)

def sigmoid(x):
    return tf.math.sigmoid(f64(x)).numpy()

def tanh(x):
    return tf.math.tanh(f64(x)).numpy()

def relu(x):
    return keras.activations.relu(f64(x)).numpy()

def leaky_relu(x, alpha=0.01):
    return keras.activations.leaky_relu(f64(x), negative_slope=alpha).numpy()

def elu(x, alpha=1.0):
    return keras.activations.elu(f64(x), alpha=alpha).numpy()

def prelu(x, alpha):
    x = f64(x)
    return (tf.maximum(x, 0) + f64(alpha) * tf.minimum(x, 0)).numpy()

def swish(x):
    return keras.activations.silu(f64(x)).numpy()

def softmax(x):
    return tf.nn.softmax(f64(x)).numpy()

# %%
def plot_activations():
    x = np.linspace(-6, 6, 300)
    plt.figure(figsize=(12, 8))
    functions = [sigmoid, tanh, relu, leaky_relu, elu, lambda v: prelu(v, 0.3), swish, softmax]
    names = ["sigmoid", "tanh", "relu", "leaky_relu", "elu", "prelu", "swish", "softmax"]
    for i in range(len(functions)):
        plt.subplot(4, 2, i + 1)
        plt.plot(x, functions[i](x))
        plt.title(names[i]); plt.grid()
    plt.show()
