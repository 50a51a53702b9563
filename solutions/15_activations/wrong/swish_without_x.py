# variant: wrong
# fails: swish_and_softmax
# mistake: swish_is_sigmoid
# parts: x * sigmoid(x)
# who: only the sigmoid
# %%
import tensorflow as tf
import matplotlib.pyplot as plt

tf.random.set_seed(777)

# %%
def sigmoid(x):
    x = tf.constant(x, tf.float32)
    return 1 / (1 + tf.exp(-x))

# %%
def tanh(x):
    return tf.tanh(tf.constant(x, tf.float32))

# %%
def relu(x):
    return tf.nn.relu(tf.constant(x, tf.float32))

# %%
def leaky_relu(x, alpha=0.01):
    return tf.nn.leaky_relu(tf.constant(x, tf.float32), alpha)

# %%
def elu(x, alpha=1.0):
    x = tf.constant(x, tf.float32)
    return tf.where(x > 0, x, alpha * (tf.exp(x) - 1))

# %%
def prelu(x, alpha):
    x = tf.constant(x, tf.float32)
    return tf.where(x > 0, x, alpha * x)

# %%
def swish(x):
    return tf.sigmoid(tf.constant(x, tf.float32))

# %%
def softmax(x):
    return tf.nn.softmax(tf.constant(x, tf.float32), axis=-1)

# %%
def plot_activations():
    x = tf.linspace(-5.0, 5.0, 80)
    fig, ax = plt.subplots()
    for f in (sigmoid, tanh, relu, leaky_relu, elu, swish):
        ax.plot(x, f(x), label=f.__name__)
    ax.legend()
    return fig
