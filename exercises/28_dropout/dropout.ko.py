# %% [markdown]
# # 드롭아웃
#
# 뉴런은 많고 데이터는 적으면 신경망이 훈련 데이터를 외워 버립니다(과적합). 드롭아웃은 이를 줄여 줍니다.
# 학습할 때 값 하나하나를 `rate`의 확률로 0으로 만들고, 남은 값은 `1 - rate`로 나누어
# 평균의 크기를 유지합니다(역 드롭아웃, inverted dropout). 추론할 때는 아무것도 끄지 않고, 값도 그대로 둡니다.
# 먼저 직접 구현해 보고, 이어서 케라스의 층을 써서 훈련과 검증 사이의 차이를 살펴보세요.
#
# | 이름 | 형태 | dtype |
# |---|---|---|
# | `dropout`의 `x`와 결과 | (batch, features) | float32 |
# | `train`의 `x`, `y` | (batch, 20), (batch, 1) | float32 |
# | 신경망의 출력 | (batch, 1) | float32 |
# | `history["loss"]`, `history["val_loss"]` | (epochs,) | float |

# %%
import numpy as np
from tensorflow import keras


# %%
def dropout(x: np.ndarray, rate: float, training: bool, seed: int) -> np.ndarray:
    """역 드롭아웃(inverted dropout).

    x: (batch, features) float32. 값을 바꾸면 안 됩니다.
    rate: 0으로 만들 비율, 0 <= rate < 1. 원소마다 따로 정합니다.
    training: 드롭아웃을 할지 여부. 추론할 때(False)는 x를 그대로 돌려줍니다.
    seed: 정수. 시드가 같으면 같은 원소를, 다르면 다른 원소를 0으로 만듭니다.
    (batch, features)를 반환합니다.
    """
    raise NotImplementedError("dropout")


# %%
def build_model(rate: float) -> keras.Model:
    """드롭아웃이 있는, 아직 학습하지 않은 신경망. 케라스의 함수형(Functional)으로 만듭니다.

    Dense(64, relu) -> Dropout(rate) -> Dense(1, linear): (batch, 20) -> (batch, 1).
    케라스 모델을 반환합니다. 컴파일까지 해 두어도 됩니다.
    """
    raise NotImplementedError("build_model")


# %%
def train(
    x: np.ndarray, y: np.ndarray, x_val: np.ndarray, y_val: np.ndarray, rate: float, seed: int
) -> tuple[keras.Model, keras.callbacks.History]:
    """build_model(rate)로 만들어 x와 y로 학습시키고, 에포크마다 x_val과 y_val로 검증한 신경망.

    x, x_val: (batch, 20) float32. y, y_val: (batch, 1) float32. seed: keras.utils.set_random_seed에 넣을 정수.
    손실 mse, 학습률 0.01인 Adam, 40 에포크.
    학습이 끝난 모델과 fit이 돌려준 값을 반환합니다.
    """
    raise NotImplementedError("train")


# %%
def gap(history: dict[str, list[float]]) -> np.ndarray:
    """에포크마다 검증이 훈련보다 얼마나 높은지: 검증 손실 - 훈련 손실.

    history: 이름별 숫자 리스트. fit이 돌려주는 값의 history 속성과 같고, "loss"와 "val_loss"가 있습니다.
    (epochs,)를 반환합니다.
    """
    raise NotImplementedError("gap")
