# variant: wrong
# fails: four_panels
# who: 학습률마다 그림을 새로 만듦
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
        return 'oscillates'
    if lr < 0.03:
        return 'slow'
    return 'good'

# %%
def plot_sweep(learning_rates):
    x = np.linspace(-2, 2, 50)
    for lr in learning_rates:
        plt.figure()
        plt.plot(x, x**2)
        plt.scatter(*descend(lr))
        plt.title('lr = ' + str(lr))
        plt.show()

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    w = start
    for i in range(steps):
        기울기 = 4 * w**3 - 4 * w + 0.5
        w = w - lr * 기울기
    return w
