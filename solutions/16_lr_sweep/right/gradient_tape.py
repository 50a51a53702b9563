# variant: right
# who: GradientTape in float32, plt.subplot, figure left open
# %%
import tensorflow as tf
import matplotlib.pyplot as plt
import numpy as np

# %%
def gradient_of(f, x):
    with tf.GradientTape() as tape:
        y = f(x)
    return tape.gradient(y, x)


# %%
def descend(lr, start=2.0, steps=9):
    x = tf.Variable(float(start))
    xs, ys = [x.numpy()], [(x**2).numpy()]
    for _ in range(steps):
        x.assign_sub(lr * gradient_of(lambda v: v**2, x))
        xs.append(x.numpy())
        ys.append((x**2).numpy())
    return xs, ys


# %%
def classify(lr):
    xs, ys = descend(lr)
    signs = np.sign(xs)
    if abs(xs[-1]) > 2:
        answer = "diverges"
    elif np.any(signs[1:] * signs[:-1] < 0):
        answer = "oscillates"
    elif ys[-1] > 1:
        answer = "slow"
    else:
        answer = "good"
    return answer


# %%
def plot_sweep(learning_rates):
    plt.figure(figsize=(10, 8))
    x = tf.linspace(-2.0, 2.0, 41)
    for i in range(4):
        plt.subplot(2, 2, i + 1)
        plt.plot(x, x**2)
        xs, ys = descend(learning_rates[i])
        plt.plot(xs, ys, "ro--")
        plt.title("Learning rate: " + str(learning_rates[i]))
    plt.show()


# %%
@tf.function
def _roll(x, lr, steps):
    for _ in tf.range(steps):
        x = x - lr * (4.0 * x**3 - 4.0 * x + 0.5)
    return x


def descend_two_valleys(start, lr=0.01, steps=300):
    return _roll(tf.constant(start, tf.float32), tf.constant(lr, tf.float32), tf.constant(steps))
