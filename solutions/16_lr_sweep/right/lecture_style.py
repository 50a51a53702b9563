# variant: right
# who: the lecture's loop with lists, thresholds on lr, scatter on add_subplot
# %%
import numpy as np
import matplotlib.pyplot as plt

lr_list = [0.001, 0.1, 0.5, 0.9]

# %%
def descend(lr, start=2.0, steps=9):
    w_old = start
    derivative = [w_old]
    y = [w_old ** 2]
    for i in range(1, steps + 1):
        dev_value = w_old * 2
        w_new = w_old - lr * dev_value
        w_old = w_new
        derivative.append(w_old)
        y.append(w_old ** 2)
    return derivative, y

print(descend(0.1))

# %%
def classify(lr):
    if lr < 0.03:
        return "slow"
    elif lr <= 0.5:
        return "good"
    elif lr < 1:
        return "oscillates"
    else:
        return "diverges"

# %%
def plot_sweep(learning_rates):
    x = np.linspace(-2, 2, 50)
    x_square = [i**2 for i in x]

    fig = plt.figure(figsize=(12,7))
    for i, lr in enumerate(learning_rates):
        derivative, y = descend(lr)
        ax = fig.add_subplot(2,2,i+1)
        ax.scatter(derivative, y, color='red')
        ax.plot(x,x_square)
        ax.title.set_text('lr =' + str(lr))
    return fig

plot_sweep(lr_list)
plt.show()

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    w = start
    for i in range(steps):
        w -= lr * (4 * w ** 3 - 4 * w + 0.5)
    return w
