# variant: wrong
# fails: from_one_on
# mistake: stops_early
# who: breaks as soon as the height grows
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
def descend(lr, start=2.0, steps=9):
    x = start
    xs, ys = [x], [x ** 2]
    for step in range(steps):
        x = x - lr * 2 * x
        if abs(x) >= abs(xs[-1]) and x != 0:
            break
        xs.append(x)
        ys.append(x ** 2)
    return xs, ys

# %%
def classify(lr):
    # 학습률의 범위로 판단
    if lr > 1:
        return 'diverges'
    if lr > 0.5:
        return 'oscillates'
    if lr < 0.03:
        return 'slow'
    return 'good'

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
