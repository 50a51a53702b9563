# %% [markdown] lang="en"
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
# %% [markdown] lang="ko"
# # 경사하강법의 학습률
# 경사하강법은 비탈을 따라 내려갑니다. 한 번 움직일 때마다 기울기에 학습률을 곱해 뺍니다. x ← x − lr · f′(x). y = x²에서 학습률에 따라 최솟값에 잘 도달하기도 하고, 너무 더디기도 하고, 아예 멀어지기도 하는 모습을 확인합니다. 골짜기가 두 개인 곡선에서는 출발점에 따라 도달하는 골짜기가 달라집니다. 미분은 직접 계산해도 되고 텐서플로우에 맡겨도 됩니다.
#
# | 이름 | 형태 | dtype |
# |---|---|---|
# | `lr`, `start` | () | float |
# | `steps` | () | int |
# | `xs`, `ys` | (steps + 1,) | float |
# | `descend_two_valleys`의 반환값 | () | float |

# %%
import matplotlib.pyplot as plt
import numpy as np


# %%
def descend(lr, start=2.0, steps=9):
    """Gradient descent on y = x².

    lr: the learning rate. Returns (xs, ys), each of steps + 1 numbers:
    xs begins with the start, then come the positions after each step; ys are the heights x² at these positions.
    """
    ### BEGIN SOLUTION
    xs = [start]
    for _ in range(steps):
        x = xs[-1]
        xs.append(x - lr * 2 * x)
    return xs, [x**2 for x in xs]
    ### END SOLUTION


# %%
def classify(lr):
    """What becomes of the 9 steps from 2.0 on y = x²: "slow", "good", "oscillates" or "diverges".

    "diverges": it ends farther from 0 than it started, as with 1.1.
    "oscillates": each step jumps across 0 to the other side, but comes closer, as with 0.9.
    "slow": it stays on its side, and more than half of the way is left at the end, as with 0.001.
    "good": everything else, as with 0.1, or 0.5, which lands on 0 in one step.
    """
    ### BEGIN SOLUTION
    xs, _ = descend(lr)
    if abs(xs[-1]) > abs(xs[0]):
        return "diverges"
    if xs[1] * xs[0] < 0:
        return "oscillates"
    return "slow" if abs(xs[-1]) > abs(xs[0]) / 2 else "good"
    ### END SOLUTION


# %%
def plot_sweep(learning_rates):
    """One figure with 2 x 2 subplots, one for each of four learning rates, each with its rate in the title ("lr = 0.1").

    A subplot shows the curve y = x² and the 10 points that descend(lr) visits, as dots or as a line.
    Returns the figure.
    """
    ### BEGIN SOLUTION
    curve = np.linspace(-2.2, 2.2, 89)
    figure, axes = plt.subplots(2, 2, figsize=(9, 6), layout="constrained")
    for lr, ax in zip(learning_rates, axes.flat):
        xs, ys = descend(lr)
        ax.plot(curve, curve**2, color="lightgray")
        ax.plot(xs, ys, "o-", color="tab:red")
        ax.set_title(f"lr = {lr}")
    return figure
    ### END SOLUTION


# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    """Gradient descent on f(x) = x⁴ − 2x² + 0.5x, a curve with a deep valley on the left and a shallow one on the right.

    Returns where the descent ends after all steps: one number.
    """
    ### BEGIN SOLUTION
    x = start
    for _ in range(steps):
        x = x - lr * (4 * x**3 - 4 * x + 0.5)
    return x
    ### END SOLUTION
