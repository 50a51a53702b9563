# variant: wrong
# fails: start_decides
# mistake: always_left
# who: answers with the deepest place
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
def descend(lr, start=2.0, steps=9):
    x = start
    xs, ys = [x], [x ** 2]
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
    # the minimum with the lowest height
    candidates = np.linspace(-2, 2, 100001)
    return candidates[np.argmin(candidates ** 4 - 2 * candidates ** 2 + 0.5 * candidates)]
