# variant: right
# who: no loop: every step multiplies by 1 - 2 lr; arrays instead of lists
# %%
import matplotlib.pyplot as plt
import numpy as np

# %%
def descend(lr, start=2.0, steps=9):
    xs = start * (1 - 2 * lr) ** np.arange(steps + 1)
    return np.array([xs, xs**2])


# %%
def classify(lr):
    factor = 1 - 2 * lr
    if abs(factor) > 1:
        return "diverges"
    if factor < 0:
        return "oscillates"
    return "slow" if factor**9 > 0.5 else "good"


# %%
def plot_sweep(learning_rates):
    fig, axes = plt.subplots(nrows=2, ncols=2, sharex=True, sharey=True)
    line = np.linspace(-2.5, 2.5, 200)
    for ax, lr in zip(axes.flat, learning_rates):
        ax.plot(line, line**2, "k:", label="$x^2$")
        ax.plot(*descend(lr), marker="o", label="descent")
        ax.plot(0, 0, "g*")
        ax.set(title=rf"$\eta = {lr:g}$", xlabel="x", ylabel="y")
        ax.legend()
    fig.suptitle("Sweep")
    return fig


# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    x = np.float64(start)
    gradient = np.polynomial.Polynomial([0, 0.5, -2, 0, 1]).deriv()
    for _ in range(steps):
        x = x - lr * gradient(x)
    return x
