# variant: right
# who: keras SGD with apply_gradients, a dict of histories, answers with capital letters
# %%
import numpy as np
import matplotlib.pyplot as plt
import tensorflow as tf
from tensorflow import keras

# %%
def descend(lr, start=2.0, steps=9):
    x = tf.Variable(start, dtype=tf.float32)
    optimizer = keras.optimizers.SGD(learning_rate=lr)
    history = {"x": [float(x)], "y": [float(x) ** 2]}
    for step in range(steps):
        with tf.GradientTape() as tape:
            loss = tf.square(x)
        optimizer.apply_gradients([(tape.gradient(loss, x), x)])
        history["x"].append(float(x))
        history["y"].append(float(x) ** 2)
    return np.array(history["x"]), np.array(history["y"])

# %%
def classify(lr):
    xs, ys = descend(lr)
    if ys[-1] > ys[0]:
        return "Diverges"
    if (xs < 0).any():
        return "Oscillates"
    if xs[-1] > 1:
        return "Slow"
    return "Good"

# %%
histories = {}

def plot_sweep(learning_rates):
    for lr in learning_rates:
        histories[lr] = descend(lr)
    fig, ax = plt.subplots(2, 2)
    ax = ax.ravel()
    t = np.linspace(-2, 2)
    for i, lr in enumerate(learning_rates):
        ax[i].plot(t, t ** 2)
        ax[i].plot(histories[lr][0], histories[lr][1], "o-")
        ax[i].set_title("LR %s" % lr)

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    x = np.array(start, dtype=np.float32)
    for step in range(steps):
        x = x - lr * (4 * x ** 3 - 4 * x + 0.5)
    return x
