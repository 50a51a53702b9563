# variant: wrong
# fails: lecture_sweep, four_panels
# mistake: kept_from_before
# who: lists as default arguments are shared by all calls
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
def descend(lr, start=2.0, steps=9, xs=[], ys=[]):
    x = start
    xs.append(x)
    ys.append(x ** 2)
    for step in range(steps):
        x = x - lr * 2 * x
        xs.append(x)
        ys.append(x ** 2)
    return xs, ys

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
    fig, axes = plt.subplots(2, 2, figsize=(10, 8))
    curve = np.linspace(-2, 2, 100)
    for ax, lr in zip(axes.flat, learning_rates):
        xs, ys = descend(lr)
        ax.plot(curve, curve ** 2)
        ax.plot(xs, ys, "ro-")
        ax.set_title(f"lr = {lr}")
    return fig

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    x = start
    for step in range(steps):
        x = x - lr * (4 * x ** 3 - 4 * x + 0.5)
    return x
