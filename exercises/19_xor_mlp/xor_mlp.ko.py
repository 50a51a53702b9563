# %% [markdown]
# # 은닉층으로 푸는 XOR
#
# XOR의 네 점은 직선 하나로 나눌 수 없습니다. 비선형 활성화 함수를 쓰는 은닉층은 네 점을 다른 자리로 옮겨,
# 출력 유닛이 직선 하나로 나눌 수 있게 만듭니다. 이런 신경망을 만들고, 어떤 초깃값에서 출발해도 성공하도록 학습시킨 다음,
# 은닉층이 네 점을 어디로 옮겼는지 살펴보세요. 출력이 0.5보다 크면 1로 봅니다.
# 활성화 함수가 없으면 층을 둘 쌓아도 하나와 다를 것이 없습니다.
#
# | 이름 | 형태 | 값 |
# |---|---|---|
# | `INPUTS` | (4, 2) | 0 또는 1, float32 |
# | `LABELS` | (4, 1) | 0 또는 1, float32 |
# | 은닉층 | (4, units), 예: (4, 32) | 활성화 함수를 거친 값 |
# | 출력 | (4, 1) | 0.5보다 크거나 작음 |

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
LABELS = np.array([[0], [1], [1], [0]], dtype="float32")


# %%
def build_model() -> keras.Model:
    """비선형 은닉층 하나와 출력 유닛 하나로 된, 아직 학습하지 않은 새 신경망.

    강의에서는 Dense(32, relu)와 Dense(1, sigmoid)를 씁니다.
    입력은 (batch, 2), 출력은 (batch, 1)입니다. 케라스 모델을 반환합니다. 컴파일까지 해 두어도 됩니다.
    """
    raise NotImplementedError("build_model")


# %%
def train(seed: int) -> keras.Model:
    """build_model()로 새로 만들어 XOR를 학습시킨 신경망.

    seed: keras.utils.set_random_seed에 넣을 정수. 시드가 다르면 가중치의 초깃값도 다릅니다.
    학습이 끝난 케라스 모델을 반환합니다. INPUTS (4, 2) -> (4, 1)이고, 레이블이 1인 곳에서 0.5보다 큽니다.
    """
    raise NotImplementedError("train")


# %%
def hidden_points(model: keras.Model) -> np.ndarray:
    """신경망의 은닉층이 네 점을 옮겨 놓은 자리.

    model: build_model()이나 train()이 만든 신경망. 가중치는 어떤 값이든 될 수 있습니다.
    INPUTS에 대한 은닉층의 출력을 활성화 함수까지 거친 값으로 반환합니다: (4, units).
    """
    raise NotImplementedError("hidden_points")


# %%
def classic_network() -> keras.Model:
    """XOR를 푸는 가장 오래된 형태의, 아직 학습하지 않은 새 신경망: 입력 2개, 은닉 유닛 2개, 출력 1개.

    두 층 모두 시그모이드 활성화 함수와 편향을 씁니다. (batch, 2) -> (batch, 1)인 케라스 모델을 반환합니다.
    """
    raise NotImplementedError("classic_network")
