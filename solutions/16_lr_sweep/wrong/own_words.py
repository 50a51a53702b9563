# variant: wrong
# fails: names_the_rates
# who: 다른 낱말로 답함
# %%
# 경사하강법 실습
import numpy as np
import matplotlib.pyplot as plt

lr_list = [0.001, 0.1, 0.5, 0.9]

# %%
def descend(lr, start=2.0, steps=9):
    w_old = start
    derivative = [w_old]
    y = [w_old ** 2]
    for i in range(steps):
        dev_value = w_old * 2          # x^2의 미분
        w_new = w_old - lr * dev_value
        w_old = w_new
        derivative.append(w_old)
        y.append(w_old ** 2)
    return derivative, y

# %%
def classify(lr):
    # 학습률의 범위로 판단
    if lr > 1:
        return 'diverges'
    if lr > 0.5:
        return 'oscillating'
    if lr < 0.03:
        return 'slow'
    return 'good'

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
    plt.show()

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    w = start
    for i in range(steps):
        기울기 = 4 * w**3 - 4 * w + 0.5
        w = w - lr * 기울기
    return w
