# %% [markdown] lang="en"
# # Saving and loading a network
#
# Training can take hours; its result is worth a file. `model.save` writes the whole network, architecture
# and weights, in Keras's own format (`.keras`); files in the older format (`.h5`) can still be read.
# Weights alone are smaller, but to use them you need a network of the same architecture.
# A network that was loaded is a new object, and it predicts the same as the saved one, bit for bit.
#
# | name | shape or form | dtype |
# |---|---|---|
# | `x` | (n, inputs) | float32 |
# | `y` | (n, outputs) | float32 |
# | `model` | (n, inputs) → (n, outputs) | float32 |
# | `example`, to try with | (n, 3) → (n, 2) | float32 |
# | `path` of a whole network | `"name.keras"` or `"name.h5"` | str |
# | `path` of weights | `"name.weights.h5"` | str |

# %% [markdown] lang="ko"
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
    """Trains a network, then writes the whole of it to one file: architecture and weights.

    model: a compiled network; it is trained itself, for as many epochs as you like (at least one).
    x: (n, inputs), y: (n, outputs), float32.
    path: ends in ".keras" or ".h5". A file that is there already is replaced.
    """
    ### BEGIN SOLUTION
    model.fit(x, y, epochs=3, verbose=0)
    model.save(path)
    ### END SOLUTION


# %%
def load_network(path: str) -> keras.Model:
    """The network that a file holds, as a new object, ready to predict. It need not be compiled.

    path: a file that Keras has written, ".keras" or ".h5", also of a network compiled with loss="mse".
    """
    ### BEGIN SOLUTION
    return keras.models.load_model(path, compile=False)
    ### END SOLUTION


# %%
def save_weights(model: keras.Model, path: str) -> None:
    """Writes the weights of a network, and only them, to one file.

    path: ends in ".weights.h5".
    """
    ### BEGIN SOLUTION
    model.save_weights(path)
    ### END SOLUTION


# %%
def load_weights(model: keras.Model, path: str) -> None:
    """Gives a network the weights that save_weights has written.

    model: a network of the same architecture as the saved one. It is changed itself; nothing needs to be returned.
    path: ends in ".weights.h5".
    """
    ### BEGIN SOLUTION
    model.load_weights(path)
    ### END SOLUTION


# %%
def copy_network(model: keras.Model) -> keras.Model:
    """A new network with the architecture and the weights of model.

    Changing the weights of one of them later leaves the other as it is. The copy need not be compiled.
    """
    ### BEGIN SOLUTION
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    return copy
    ### END SOLUTION
