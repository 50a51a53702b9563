# variant: wrong
# fails: lecture_sweep, names_the_rates
# mistake: one_variable
# who: appends the variable itself
# %%
import numpy as np
import tensorflow as tf
from matplotlib import pyplot as plt

# %%
def descend(lr, start=2.0, steps=9):
    w = tf.Variable(start)
    xs = [w]
    for _ in range(steps):
        with tf.GradientTape() as tape:
            y = w ** 2
        w.assign_sub(lr * tape.gradient(y, w))
        xs.append(w)
    return xs, [x ** 2 for x in xs]

# %%
def classify(lr):
    xs, ys = descend(lr)
    if ys[-1] > ys[0]:
        return "diverges"
    if xs[1] < 0:
        return "oscillates"
    if xs[-1] > 1:
        return "slow"
    return "good"

# %%
def plot_sweep(learning_rates):
    plt.figure()
    grid = np.arange(-2.5, 2.51, 0.05)
    for i, lr in enumerate(learning_rates, start=1):
        plt.subplot(2, 2, i)
        plt.plot(grid, grid ** 2, "k-")
        plt.plot(*np.array(descend(lr)), "b.--")
        plt.title("lr: {}".format(lr))
    return plt.gcf()

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    x = np.float64(start)
    for _ in range(steps):
        x -= lr * (4 * x ** 3 - 4 * x + 0.5)
    return x
