# /// attack
# title = "Titles, labels and legends of a figure in HTML and SVG"
# exercise = "activations"
# ///

# %%
import matplotlib.pyplot as plt

print("TRIED a figure")
NASTY = "</text></svg><script>alert('CANARY')</script><svg onload=alert('CANARY')>"


def sigmoid(x):
    return 1 / 0


def plot_activations(*args, **kwargs):
    figure, axes = plt.subplots(2, 4)
    for one in axes.flat:
        one.plot([0, 1], [0, 1], label=NASTY)
        one.set(title=NASTY, xlabel=NASTY, ylabel="\u202e" + NASTY)
        one.legend()
    figure.suptitle(NASTY)
    return figure
