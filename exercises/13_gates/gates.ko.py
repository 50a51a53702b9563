# %% [markdown]
# # 층 하나로 만드는 논리 게이트
#
# 유닛이 하나인 층은 $w_1 x_1 + w_2 x_2 + b$를 계산하므로, 평면을 직선 하나로 나눕니다.
# OR, AND, NAND 게이트는 이것으로 충분합니다. 케라스로 이런 신경망을 만들고, 가중치의 초깃값이 무엇이든
# 각 게이트를 배우도록 학습시키세요. 그런 다음 직선 하나로 XOR의 네 점 중 최대 몇 개를 맞힐 수 있는지 알아보세요.
# 이 실습에서는 출력이 0.5보다 크면 1로 봅니다.
#
# | 이름 | 형태 | 값 |
# |---|---|---|
# | `INPUTS` | (4, 2) | 0 또는 1, float32 |
# | 게이트의 레이블 | (4,) 또는 (4, 1) | 0 또는 1 |
# | 층의 커널과 편향 | (2, 1)과 (1,) | float32 |
# | 신경망의 출력 | (4, 1) | float32 |

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")


# %%
def gate_labels(name: str) -> np.ndarray:
    """게이트가 INPUTS의 네 행에 대해 내는 답.

    name: "OR", "AND", "NAND", "XOR" 중 하나.
    INPUTS의 행 순서대로 0 또는 1을 반환합니다. 형태는 (4,) 또는 (4, 1)입니다.
    """
    raise NotImplementedError("gate_labels")


# %%
def build_gate_model() -> keras.Model:
    """유닛이 하나인 층 하나로 된, 아직 학습하지 않은 새 신경망.

    입력은 (batch, 2), 출력은 (batch, 1)입니다. 케라스 모델을 반환합니다. 컴파일까지 해 두어도 됩니다.
    """
    raise NotImplementedError("build_gate_model")


# %%
def train_gate(name: str, seed: int) -> keras.Model:
    """build_gate_model()로 새로 만들어 게이트 하나를 학습시킨 신경망.

    name: gate_labels와 같습니다. XOR도 들어옵니다. seed: keras.utils.set_random_seed에 넣을 정수.
    학습이 끝난 케라스 모델을 반환합니다. INPUTS (4, 2) -> (4, 1)이고, 게이트의 답이 1인 곳에서 0.5보다 큽니다.
    """
    raise NotImplementedError("train_gate")


# %%
def single_layer_best(name: str) -> float:
    """층 하나가 가중치를 아무리 잘 골라도 게이트에서 얻을 수 있는 가장 높은 정확도.

    name: gate_labels와 같습니다. 네 점 중 맞힌 점의 비율을 0과 1 사이의 수로 반환합니다.
    """
    raise NotImplementedError("single_layer_best")
