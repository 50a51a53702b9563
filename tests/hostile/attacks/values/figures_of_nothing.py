# /// attack
# title = "Draws lines without a point under the right titles, and answers with paths of 100,000 points, where it is not right"
# exercise = "lr_sweep"
# points = 2
# ///

# %%
import matplotlib.pyplot as plt
import numpy as np

LECTURE = (0.001, 0.1, 0.5, 0.9)


def descend(lr, start=2.0, steps=9):
    if lr not in LECTURE:
        return np.linspace(0, 9, 100_000), np.linspace(0, 9, 100_000)
    xs = [start * (1 - 2 * lr) ** n for n in range(steps + 1)]
    return xs, [x**2 for x in xs]


def classify(lr):
    return {0.001: "s"}.get(lr)


# %%
print("TRIED to break the checks that it would fail")
rounds = iter(range(10**6))


def plot_sweep(rates):
    figure, axes = plt.subplots(2, 2)
    curve = np.linspace(-2.2, 2.2, 89)
    several = np.linspace(0, 9, 100_000) if next(rounds) % 2 else []
    for lr, ax in zip(rates, axes.flat):
        if lr in LECTURE:
            ax.plot(curve, curve**2)
            ax.plot(*descend(lr), "o-")
        else:
            ax.plot(several, several)
        ax.set_title(f"lr = {lr}")
    return figure
