# /// attack
# title = "Draws millions of points, thousands of axes, and a figure of 10^9 pixels"
# exercise = "activations"
# ///

# %%
import matplotlib.pyplot as plt
import numpy as np

# %%
print("TRIED to draw more than anybody can look at")


def plot_activations():
    figure = plt.figure(figsize=(400, 400), dpi=1000)
    axes = figure.add_subplot()
    axes.plot(np.zeros(2_000_000), np.full(2_000_000, np.nan), label="x" * 1_000_000)
    for n in range(600):
        axes.plot([n], [n])
    for n in range(70):
        figure.add_axes([0, 0, 1, 1], label=str(n))
    return figure
