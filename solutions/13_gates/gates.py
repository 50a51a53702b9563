# %% [markdown] lang="en"
# # Logic gates with one layer
#
# A layer with one unit computes $w_1 x_1 + w_2 x_2 + b$ and so divides the plane by a straight line.
# That is enough for OR, AND and NAND. Build such a network with Keras and train it on each gate,
# whatever the random weights it starts from. Then find out how many of the four points of XOR
# one line can get right at most. Throughout, an output above 0.5 counts as 1.
#
# | name | shape | values |
# |---|---|---|
# | `INPUTS` | (4, 2) | 0 or 1, float32 |
# | labels of a gate | (4,) or (4, 1) | 0 or 1 |
# | kernel and bias of the layer | (2, 1) and (1,) | float32 |
# | output of the network | (4, 1) | float32 |

# %% [markdown] lang="ko"
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
    """What a gate answers to the four rows of INPUTS.

    name: "OR", "AND", "NAND" or "XOR".
    Returns 0 or 1 for each row of INPUTS, in their order: (4,) or (4, 1).
    """
    ### BEGIN SOLUTION
    labels = {"OR": [0, 1, 1, 1], "AND": [0, 0, 0, 1], "NAND": [1, 1, 1, 0], "XOR": [0, 1, 1, 0]}
    return np.array(labels[name], dtype="float32")
    ### END SOLUTION


# %%
def build_gate_model() -> keras.Model:
    """A new, untrained network with a single layer of one unit.

    Its input is (batch, 2), its output (batch, 1). Returns a Keras model; it may be compiled.
    """
    ### BEGIN SOLUTION
    return keras.Sequential([keras.Input(shape=(2,)), keras.layers.Dense(1, activation="linear")])
    ### END SOLUTION


# %%
def train_gate(name: str, seed: int) -> keras.Model:
    """A new network from build_gate_model(), trained on one gate.

    name: as for gate_labels, XOR as well. seed: a whole number for keras.utils.set_random_seed.
    Returns the trained Keras model: INPUTS (4, 2) -> (4, 1), above 0.5 where the gate answers 1.
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss="mse", metrics=["accuracy"])
    model.fit(INPUTS, gate_labels(name), epochs=100, verbose=0)
    return model
    ### END SOLUTION


# %%
def single_layer_best(name: str) -> float:
    """The best accuracy that a single layer can reach on a gate, whatever its weights.

    name: as for gate_labels. Returns the share of the four points that it gets right, 0..1.
    """
    ### BEGIN SOLUTION
    wanted = gate_labels(name) == 1
    values = np.linspace(-2, 2, 9)
    return max(np.mean((INPUTS @ [w1, w2] + b > 0) == wanted) for w1 in values for w2 in values for b in values)
    ### END SOLUTION
