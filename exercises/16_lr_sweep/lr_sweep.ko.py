# %% [markdown]
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
    """y = x²에서의 경사하강법.

    lr: 학습률. 길이가 steps + 1인 xs와 ys의 쌍 (xs, ys)를 반환합니다.
    xs는 출발점에서 시작해 한 번 움직일 때마다의 위치이고, ys는 그 위치에서의 높이 x²입니다.
    """
    raise NotImplementedError("descend")


# %%
def classify(lr):
    """y = x²에서 2.0부터 9번 움직이면 어떻게 되는지: "slow", "good", "oscillates", "diverges" 중 하나.

    "diverges": 출발할 때보다 0에서 더 멀어집니다. 예: 1.1.
    "oscillates": 움직일 때마다 0을 건너 반대쪽으로 넘어가지만 점점 가까워집니다. 예: 0.9.
    "slow": 같은 쪽에 머물고, 끝나도 거리가 절반 넘게 남습니다. 예: 0.001.
    "good": 나머지 전부. 예: 0.1, 그리고 한 번에 0에 도착하는 0.5.
    """
    raise NotImplementedError("classify")


# %%
def plot_sweep(learning_rates):
    """학습률 네 개를 2 x 2 서브플롯으로 나눈 그림(figure) 하나. 서브플롯마다 제목에 학습률을 적습니다("lr = 0.1").

    서브플롯에는 곡선 y = x²와 descend(lr)이 지나는 점 10개를 점이나 선으로 그립니다.
    그림을 반환합니다.
    """
    raise NotImplementedError("plot_sweep")


# %%
def descend_two_valleys(start, lr=0.01, steps=300):
    """f(x) = x⁴ − 2x² + 0.5x에서의 경사하강법. 이 곡선은 왼쪽 골짜기가 깊고 오른쪽 골짜기가 얕습니다.

    모두 움직인 뒤의 위치를 숫자 하나로 반환합니다.
    """
    raise NotImplementedError("descend_two_valleys")
