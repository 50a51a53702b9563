# %% [markdown] lang="en"
# # XOR with a hidden layer
#
# One straight line cannot part the points of XOR. A hidden layer with a nonlinear activation first moves
# the four points to other places, where one line is enough for the output unit. Build such a network, train it so that
# it succeeds from whatever random start, and look at where the hidden layer has put the points.
# An output above 0.5 counts as 1. Without the activation, two layers are no more than one.
#
# | name | shape | values |
# |---|---|---|
# | `INPUTS` | (4, 2) | 0 or 1, float32 |
# | `LABELS` | (4, 1) | 0 or 1, float32 |
# | hidden layer | (4, units), e.g. (4, 32) | after the activation |
# | output | (4, 1) | above or below 0.5 |

# %% [markdown] lang="ko"
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
    """A new, untrained network with a hidden layer that is not linear, and one output unit.

    The lecture takes Dense(32, relu) and Dense(1, sigmoid).
    Its input is (batch, 2), its output (batch, 1). Returns a Keras model; it may be compiled.
    """
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(shape=(2,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    ### END SOLUTION


# %%
def train(seed: int) -> keras.Model:
    """A new network from build_model(), trained on XOR.

    seed: a whole number for keras.utils.set_random_seed; another seed is another random start.
    Returns the trained Keras model: INPUTS (4, 2) -> (4, 1), above 0.5 where the label is 1.
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)
    model = build_model()
    model.compile(optimizer=keras.optimizers.RMSprop(learning_rate=0.01), loss="mse", metrics=["accuracy"])
    model.fit(INPUTS, LABELS, epochs=100, verbose=0)
    return model
    ### END SOLUTION


# %%
def hidden_points(model: keras.Model) -> np.ndarray:
    """Where the hidden layer of a network puts the four points.

    model: a network that build_model() or train() has made, with whatever weights.
    Returns what its hidden layer answers to INPUTS, after the activation: (4, units).
    """
    ### BEGIN SOLUTION
    return model.layers[0](INPUTS).numpy()
    ### END SOLUTION


# %%
def classic_network() -> keras.Model:
    """A new, untrained network of the oldest kind for XOR: 2 inputs, 2 hidden units, 1 output.

    Both layers have the sigmoid activation and a bias. Returns a Keras model (batch, 2) -> (batch, 1).
    """
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(shape=(2,)),
            keras.layers.Dense(2, activation="sigmoid"),
            keras.layers.Dense(1, activation="sigmoid"),
        ]
    )
    ### END SOLUTION
