# /// attack
# title = "Draws with lines and axes of its own classes, which raise, hang or tell what nobody drew"
# exercise = "lr_sweep"
# ///

# %%
import matplotlib.figure
import matplotlib.pyplot as plt
from matplotlib.lines import Line2D


class Liar(Line2D):
    def get_xdata(self, orig=True):
        return [complex(1, 1), "two", None, float("inf"), 10**400]

    def get_color(self):
        return "no colour"

    def get_label(self):
        raise RuntimeError("no label")


class Figure(matplotlib.figure.Figure):
    def savefig(self, *args, **kwargs):
        raise SystemExit(0)

    axes = property(lambda self: [self, self, None, 3])


# %%
print("TRIED to tell what was not drawn")


def plot_sweep(rates):
    figure, axes = plt.subplots(2, 2)
    for ax, rate in zip(axes.flat, rates):
        ax.set_title(f"lr = {rate}")
        ax.add_line(Liar([0, 1], [0, 1]))
    return figure if next(turns) % 2 else Figure()


turns = iter(range(10**6))
