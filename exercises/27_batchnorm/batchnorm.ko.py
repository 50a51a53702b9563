# %% [markdown]
# # 배치 정규화
#
# 배치 정규화 층은 특성마다 평균을 0, 분산을 1로 맞춘 다음, 학습되는 값인 γ(감마)를 곱하고 β(베타)를 더합니다.
# 학습할 때는 지금 들어온 배치의 평균과 분산을 씁니다. 추론할 때는 샘플이 하나뿐일 수도 있으므로,
# 학습하는 동안 모아 둔 이동 평균을 씁니다. 두 가지 순전파를 직접 구현해 보고,
# 이어서 케라스의 배치 정규화 층으로 XOR를 푸는 신경망을 만드세요.
#
# | 이름 | 형태 | dtype |
# |---|---|---|
# | `x` | (batch, features) | float32 |
# | `gamma`, `beta` | (features,) | float32 |
# | `moving_mean`, `moving_variance` | (features,) | float32 |
# | 정규화한 `x` | (batch, features) | float32 |
# | `INPUTS`, `LABELS` | (4, 2), (4, 1) | float32 |

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


# %%
def batchnorm_training(x: np.ndarray, gamma: np.ndarray, beta: np.ndarray, epsilon: float = 0.001) -> np.ndarray:
    """학습할 때의 배치 정규화. 배치 자신의 통계량을 씁니다.

    x: (batch, features) float32. 값을 바꾸면 안 됩니다. gamma, beta: (features,) float32.
    epsilon: 0으로 나누지 않도록 분산에 더하는 작은 수.
    분산은 편차 제곱의 평균입니다(batch - 1이 아니라 batch로 나눕니다).
    (batch, features)를 반환합니다.
    """
    raise NotImplementedError("batchnorm_training")


# %%
def batchnorm_inference(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    moving_mean: np.ndarray,
    moving_variance: np.ndarray,
    epsilon: float = 0.001,
) -> np.ndarray:
    """추론할 때의 배치 정규화. 이동 평균을 씁니다.

    x: (batch, features) float32. 샘플이 하나뿐인 배치도 들어옵니다. x의 값을 바꾸면 안 됩니다.
    gamma, beta, moving_mean, moving_variance: (features,) float32. epsilon: 학습할 때와 같습니다.
    (batch, features)를 반환합니다.
    """
    raise NotImplementedError("batchnorm_inference")


# %%
def update_moving(moving: np.ndarray, batch_value: np.ndarray, momentum: float = 0.99) -> np.ndarray:
    """학습 배치 하나가 더 들어온 뒤의 이동 평균.

    moving: (features,) 지금까지의 평균. batch_value: (features,) 새 배치의 평균(또는 분산).
    momentum: 지금까지의 평균이 남는 비율로, 케라스와 같습니다. 0.99이면 99퍼센트가 남습니다.
    (features,)를 반환합니다.
    """
    raise NotImplementedError("update_moving")


# %%
def build_model(units: int) -> keras.Model:
    """XOR 문제를 풀기 위한, 아직 학습하지 않은 신경망. 케라스의 함수형(Functional)으로 만듭니다. 강의에서는 units=2입니다.

    BatchNormalization -> Dense(units, sigmoid) -> BatchNormalization -> Dense(1, linear).
    두 BatchNormalization 층 모두 momentum=0.9로 하여, 짧은 학습에서도 이동 평균이 따라오게 합니다.
    케라스 모델을 반환합니다: (batch, 2) -> (batch, 1). 컴파일까지 해 두어도 됩니다.
    """
    raise NotImplementedError("build_model")


# %%
def parameter_counts(units: int) -> tuple[int, int]:
    """build_model(units)로 만든 신경망이 가진 수의 개수.

    정수 두 개를 반환합니다. 학습할 때 기울기로 바뀌는 수의 개수와 그렇지 않은 수의 개수입니다.
    """
    raise NotImplementedError("parameter_counts")


# %%
def train(seed: int) -> keras.Model:
    """build_model(8)로 만들어 INPUTS와 LABELS로 학습시킨 신경망.

    seed: keras.utils.set_random_seed에 넣을 정수.
    강의의 설정이면 충분합니다: 손실 mse, 옵티마이저 adam, 500 에포크, 네 행을 한 배치로.
    학습이 끝난 케라스 모델을 반환합니다. 추론 모드에서 레이블이 1인 곳은 0.5보다 크고, 0인 곳은 0.5보다 작아야 합니다.
    """
    raise NotImplementedError("train")
