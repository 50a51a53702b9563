# variant: wrong
# fails: start_decides
# mistake: whole_way
# who: returns all positions
# %%
import numpy as np
import tensorflow as tf
from matplotlib import pyplot as plt

# %%
def descend(lr, start=2.0, steps=9):
    w = tf.Variable(start)
    xs = [w.numpy()]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = w ** 2
        w.assign_sub(lr * tape.gradient(y, w))
        xs.append(w.numpy())
    xs = np.array(xs)
    return xs, xs ** 2

# %%
def classify(lr):
    xs, _ = descend(lr)
    shrinks = abs(xs[-1]) <= abs(xs[0])
    crosses = np.any(np.diff(np.sign(xs)) == -2)
    if not shrinks:
        return "diverges"
    elif crosses:
        return "oscillates"
    else:
        return "slow" if abs(xs[-1]) > 0.5 * abs(xs[0]) else "good"

# %%
def plot_sweep(learning_rates):
    plt.figure()
    grid = np.arange(-2.5, 2.51, 0.05)
    for i, lr in enumerate(learning_rates, start=1):
        plt.subplot(2, 2, i)
        plt.plot(grid, grid ** 2, "k-")
        plt.plot(*descend(lr), "b.--")
        plt.title("lr: {}".format(lr))
    return plt.gcf()

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    xs = [start]
    for _ in range(steps):
        xs.append(xs[-1] - lr * (4 * xs[-1] ** 3 - 4 * xs[-1] + 0.5))
    return xs
