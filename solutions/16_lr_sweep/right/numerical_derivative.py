# variant: right
# who: 수치 미분으로 기울기를 구하고, 점을 하나씩 그림
# %%
import numpy as np
import matplotlib.pyplot as plt

# %%
# 수치 미분 (전방 차분)
def 미분(f, x, h=1e-4):
    return (f(x + h) - f(x)) / h

f = lambda x: x ** 2

# %%
def descend(lr, start=2.0, steps=9):
    위치 = start
    xs = []
    ys = []
    for 번호 in range(steps + 1):
        xs.append(위치)
        ys.append(f(위치))
        위치 = 위치 - lr * 미분(f, 위치)
    return xs, ys

# %%
def classify(lr):
    xs, _ = descend(lr)
    처음, 끝 = abs(xs[0]), abs(xs[-1])
    if 끝 > 처음:
        return 'diverges'
    if xs[1] < -0.001:      # 첫 걸음에 0을 넘어감
        return 'oscillates'
    if 끝 > 처음 * 0.5:
        return 'slow'
    return 'good'

# %%
def plot_sweep(learning_rates):
    fig, axs = plt.subplots(2, 2, figsize=(9, 9))
    곡선 = np.arange(-3, 3, 0.05)
    for i, lr in enumerate(learning_rates):
        축 = axs[i // 2, i % 2]
        축.plot(곡선, f(곡선), color='gray')
        for x, y in zip(*descend(lr)):
            축.plot(x, y, 'bo')
        축.set_title(f'학습률 {lr}')
        축.grid(True)
    plt.tight_layout()
    return fig

# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    g = lambda x: x**4 - 2*x**2 + 0.5*x
    x = start
    while steps > 0:
        x = x - lr * 미분(g, x)
        steps = steps - 1
    return x
