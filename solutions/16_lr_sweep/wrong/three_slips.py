# variant: wrong
# fails: names_any_rate, four_panels, start_decides
# mistake: slowness_missed, drawn_over_steps, height_too
# who: borders guessed from the examples, points over the number of the step, one number too many
# %%
import matplotlib.pyplot as plt
import numpy as np


# %%
def descend(lr, start=2.0, steps=9):
    xs = [start]
    for _ in range(steps):
        xs.append(xs[-1] - lr * 2 * xs[-1])
    return xs, [x * x for x in xs]


# %%
def classify(lr):
    if lr > 1:
        return "diverges"
    if lr > 0.5:
        return "oscillates"
    return "slow" if lr < 0.01 else "good"


# %%
def plot_sweep(learning_rates):
    fig, axes = plt.subplots(2, 2)
    x = np.linspace(-2.5, 2.5, 100)
    for ax, lr in zip(axes.flat, learning_rates):
        xs, ys = descend(lr)
        ax.plot(x, x ** 2)
        ax.plot(range(10), xs, "o-")
        ax.set_title(f"lr = {lr}")
    return fig


# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    x = start
    for _ in range(steps):
        x = x - lr * (4 * x ** 3 - 4 * x + 0.5)
    return x, x ** 4 - 2 * x ** 2 + 0.5 * x
