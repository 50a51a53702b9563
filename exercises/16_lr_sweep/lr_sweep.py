# %% [markdown]
# # Learning rates of gradient descent
# Gradient descent walks downhill: each step subtracts the slope times the learning rate, x ← x − lr · f′(x). On y = x² you will see four learning rates succeed, dawdle or run away. On a curve with two valleys the starting point decides which valley you reach. Write the derivatives by hand, or let TensorFlow find them.
#
# | name | shape | dtype |
# |---|---|---|
# | `lr`, `start` | () | float |
# | `steps` | () | int |
# | `xs`, `ys` | (steps + 1,) | float |
# | answer of `descend_two_valleys` | () | float |
#

# %%
import matplotlib.pyplot as plt
import numpy as np


# %%
def descend(lr, start=2.0, steps=9):
    """Gradient descent on y = x².

    lr: the learning rate. Returns (xs, ys), each of steps + 1 numbers:
    xs begins with the start, then come the positions after each step; ys are the heights x² at these positions.
    """
    raise NotImplementedError("descend")


# %%
def classify(lr):
    """What becomes of the 9 steps from 2.0 on y = x²: "slow", "good", "oscillates" or "diverges".

    "diverges": it ends farther from 0 than it started, as with 1.1.
    "oscillates": each step jumps across 0 to the other side, but comes closer, as with 0.9.
    "slow": it stays on its side, and more than half of the way is left at the end, as with 0.001.
    "good": everything else, as with 0.1, or 0.5, which lands on 0 in one step.
    """
    raise NotImplementedError("classify")


# %%
def plot_sweep(learning_rates):
    """One figure with 2 x 2 subplots, one for each of four learning rates, each with its rate in the title ("lr = 0.1").

    A subplot shows the curve y = x² and the 10 points that descend(lr) visits, as dots or as a line.
    Returns the figure.
    """
    raise NotImplementedError("plot_sweep")


# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    """Gradient descent on f(x) = x⁴ − 2x² + 0.5x, a curve with a deep valley on the left and a shallow one on the right.

    Returns where the descent ends after all steps: one number.
    """
    raise NotImplementedError("descend_two_valleys")
