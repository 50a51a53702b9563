# %% [markdown]
# # 신경망 저장하고 불러오기
#
# 학습에는 몇 시간이 걸리기도 하므로 결과를 파일로 남겨 둡니다. `model.save`는 신경망 전체, 즉 구조와 가중치를
# 케라스 형식(`.keras`)으로 저장합니다. 예전 형식(`.h5`)의 파일도 여전히 읽을 수 있습니다.
# 가중치만 저장하면 파일은 더 작지만, 쓰려면 구조가 같은 신경망이 있어야 합니다.
# 불러온 신경망은 새 객체이고, 예측값은 저장한 신경망과 비트 단위까지 똑같습니다.
#
# | 이름 | 형태 | dtype |
# |---|---|---|
# | `x` | (n, inputs) | float32 |
# | `y` | (n, outputs) | float32 |
# | `model` | (n, inputs) → (n, outputs) | float32 |
# | 시험용 `example` | (n, 3) → (n, 2) | float32 |
# | 신경망 전체의 `path` | `"name.keras"` 또는 `"name.h5"` | str |
# | 가중치의 `path` | `"name.weights.h5"` | str |

# %%
import numpy as np
from tensorflow import keras

example = keras.Sequential([keras.Input(shape=(3,)), keras.layers.Dense(5, activation="relu"), keras.layers.Dense(2)])
example.compile(optimizer="sgd", loss="mse")


# %%
def train_and_save(model: keras.Model, x: np.ndarray, y: np.ndarray, path: str) -> None:
    """신경망을 학습시킨 다음 전체, 즉 구조와 가중치를 파일 하나에 저장합니다.

    model: 컴파일된 신경망. 이 신경망 자체를 학습시킵니다. 에포크 수는 자유이며 적어도 1입니다.
    x: (n, inputs), y: (n, outputs), float32.
    path: ".keras" 또는 ".h5"로 끝납니다. 같은 이름의 파일이 있으면 덮어씁니다.
    """
    raise NotImplementedError("train_and_save")


# %%
def load_network(path: str) -> keras.Model:
    """파일에 들어 있는 신경망을 바로 예측에 쓸 수 있는 새 객체로 반환합니다. 컴파일되어 있지 않아도 됩니다.

    path: 케라스가 저장한 ".keras" 또는 ".h5" 파일. loss="mse"로 컴파일한 신경망의 파일일 수도 있습니다.
    """
    raise NotImplementedError("load_network")


# %%
def save_weights(model: keras.Model, path: str) -> None:
    """신경망의 가중치만 파일 하나에 저장합니다.

    path: ".weights.h5"로 끝납니다.
    """
    raise NotImplementedError("save_weights")


# %%
def load_weights(model: keras.Model, path: str) -> None:
    """save_weights가 저장한 가중치를 신경망에 넣습니다.

    model: 저장한 신경망과 구조가 같은 신경망. 이 신경망 자체가 바뀌며, 아무것도 반환하지 않아도 됩니다.
    path: ".weights.h5"로 끝납니다.
    """
    raise NotImplementedError("load_weights")


# %%
def copy_network(model: keras.Model) -> keras.Model:
    """model과 구조도 가중치도 같은 새 신경망.

    나중에 한쪽의 가중치를 바꾸어도 다른 쪽은 그대로입니다. 복사본은 컴파일되어 있지 않아도 됩니다.
    """
    raise NotImplementedError("copy_network")
