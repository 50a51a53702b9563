# variant: right
# who: math functions over nested lists, answers are floats and lists, Korean comments
# %% [markdown]
# 넘파이 없이 math만 써서 만들어 보기

# %%
import math
import matplotlib.pyplot as plt


def 원소마다(f, x):
    """숫자면 바로 계산하고, 아니면 원소마다 다시 호출"""
    try:
        return [원소마다(f, v) for v in x]
    except TypeError:      # 숫자 하나는 반복할 수 없음
        return f(x)


# %%
def sigmoid(x):
    def f(v):
        if v < 0:
            return math.exp(v) / (1 + math.exp(v))
        return 1 / (1 + math.exp(-v))
    return 원소마다(f, x)


# %%
def tanh(x):
    return 원소마다(math.tanh, x)


# %%
def relu(x):
    return 원소마다(lambda v: v if v > 0 else 0, x)   # 0은 정수, 나머지는 실수


# %%
def leaky_relu(x, alpha=0.01):
    return 원소마다(lambda v: v if v > 0 else alpha * v, x)


# %%
def elu(x, alpha=1.0):
    return 원소마다(lambda v: v if v > 0 else alpha * (math.exp(v) - 1), x)


# %%
def prelu(x, alpha):
    try:
        len(alpha)
    except TypeError:
        return leaky_relu(x, alpha)
    # 특성마다 기울기가 다른 경우: 마지막 축까지 내려간 다음 짝을 맞춘다
    if hasattr(x[0], "__len__"):
        return [prelu(row, alpha) for row in x]
    return [leaky_relu(v, a) for v, a in zip(x, alpha)]


# %%
def swish(x):
    return 원소마다(lambda v: v * sigmoid(v), x)


# %%
def softmax(x):
    if hasattr(x[0], "__len__"):
        return [softmax(row) for row in x]
    큰값 = max(x)
    e = [math.exp(v - 큰값) for v in x]
    합 = sum(e)
    return [v / 합 for v in e]


print(softmax([1, 2, 3]))

# %%
def plot_activations():
    x = [i / 10 for i in range(-50, 51)]
    그림, 축 = plt.subplots()
    for 이름, f in (("시그모이드", sigmoid), ("tanh", tanh), ("렐루", relu), ("리키 렐루", leaky_relu), ("ELU", elu), ("스위시", swish)):
        축.plot(x, f(x), label=이름)
    축.legend()
    return 그림
