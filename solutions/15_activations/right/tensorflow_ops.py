# variant: right
# who: TensorFlow operations in float32, answers are tensors, subplots with titles
# %%
import matplotlib.pyplot as plt
import tensorflow as tf


def to_tensor(x):
    return tf.cast(tf.convert_to_tensor(x), tf.float32)


# %%
def sigmoid(x):
    return 1.0 / (1.0 + tf.exp(-to_tensor(x)))


# %%
def tanh(x):
    return 2.0 * sigmoid(2.0 * to_tensor(x)) - 1.0


# %%
def relu(x):
    return tf.maximum(to_tensor(x), 0.0)


# %%
def leaky_relu(x, alpha=0.01):
    t = to_tensor(x)
    return tf.where(t >= 0, t, alpha * t)


# %%
def elu(x, alpha=1.0):
    t = to_tensor(x)
    return tf.where(t >= 0, t, alpha * (tf.exp(t) - 1.0))


# %%
def prelu(x, alpha):
    t = to_tensor(x)
    return tf.nn.relu(t) - alpha * tf.nn.relu(-t)


# %%
def swish(x):
    t = to_tensor(x)
    return t * tf.sigmoid(t)


# %%
def softmax(x):
    t = to_tensor(x)
    e = tf.exp(t - tf.reduce_max(t, axis=-1, keepdims=True))
    return e / tf.reduce_sum(e, axis=-1, keepdims=True)


# %%
def plot_activations():
    x = tf.linspace(-5.0, 5.0, 101)
    fig = plt.figure(figsize=(10, 6))
    functions = {
        "Sigmoid": sigmoid, "Tanh": tanh, "ReLU": relu,
        "Leaky ReLU (0.1)": lambda v: leaky_relu(v, 0.1), "ELU": elu, "Swish": swish,
    }
    for i, (name, function) in enumerate(functions.items()):
        ax = fig.add_subplot(2, 3, i + 1)
        ax.plot(x, function(x))
        ax.title.set_text(name)
    return fig
