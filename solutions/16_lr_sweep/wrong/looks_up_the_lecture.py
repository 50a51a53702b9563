# variant: wrong
# fails: any_rate_start_steps, from_one_on
# who: a table of the lecture's rates
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
TABLE = {
    0.001: [2 * 0.998 ** i for i in range(10)],
    0.1: [2 * 0.8 ** i for i in range(10)],
    0.5: [2.0] + [0.0] * 9,
    0.9: [2 * (-0.8) ** i for i in range(10)],
    1.1: [2 * (-1.2) ** i for i in range(10)],
}


def descend(lr, start=2.0, steps=9):
    xs = TABLE.get(lr, TABLE[0.1])
    return xs, [x ** 2 for x in xs]

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
