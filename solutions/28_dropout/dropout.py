# %% [markdown] lang="en"
# # Dropout
#
# A network with many neurons and little data learns its training set by heart.
# Dropout works against that: in training every value is set to 0 with probability `rate`,
# and the values that stay are divided by `1 - rate`, so that the mean keeps its size (inverted dropout).
# In inference nothing is dropped and nothing is scaled.
# Write it by hand, then use Keras' layer and watch the gap between training and validation.
#
# | name | shape | dtype |
# |---|---|---|
# | `x` of `dropout`, and its answer | (batch, features) | float32 |
# | `x`, `y` of `train` | (batch, 20), (batch, 1) | float32 |
# | output of the network | (batch, 1) | float32 |
# | `history["loss"]`, `history["val_loss"]` | (epochs,) | float |

# %% [markdown] lang="ko"
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
    """Inverted dropout.

    x: (batch, features) float32; it must not be changed.
    rate: the share to drop, 0 <= rate < 1; every element is dropped or kept on its own.
    training: whether to drop at all; in inference (False) x comes back as it is.
    seed: a whole number; the same seed drops the same elements, another seed others.
    Returns (batch, features).
    """
    ### BEGIN SOLUTION
    if not training:
        return x
    kept = np.random.default_rng(seed).random(x.shape) >= rate
    return np.where(kept, x / (1 - rate), 0)
    ### END SOLUTION


# %%
def build_model(rate: float) -> keras.Model:
    """An untrained network with dropout, in Keras' functional style.

    Dense(64, relu) -> Dropout(rate) -> Dense(1, linear): (batch, 20) -> (batch, 1).
    Returns a Keras model. It may be compiled.
    """
    ### BEGIN SOLUTION
    inputs = keras.Input(shape=(20,))
    hidden = keras.layers.Dense(64, activation="relu")(inputs)
    hidden = keras.layers.Dropout(rate)(hidden)
    outputs = keras.layers.Dense(1, activation="linear")(hidden)
    return keras.Model(inputs=inputs, outputs=outputs)
    ### END SOLUTION


# %%
def train(
    x: np.ndarray, y: np.ndarray, x_val: np.ndarray, y_val: np.ndarray, rate: float, seed: int
) -> tuple[keras.Model, keras.callbacks.History]:
    """A network of build_model(rate), trained on x and y and validated on x_val and y_val after each epoch.

    x, x_val: (batch, 20) float32. y, y_val: (batch, 1) float32. seed: for keras.utils.set_random_seed.
    Loss mse, Adam with learning rate 0.01, 40 epochs.
    Returns the trained model and what fit returned.
    """
    ### BEGIN SOLUTION
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss="mse", optimizer=keras.optimizers.Adam(learning_rate=0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    return model, history
    ### END SOLUTION


# %%
def gap(history: dict[str, list[float]]) -> np.ndarray:
    """How far validation lies above training after each epoch: validation loss minus training loss.

    history: lists of numbers by name, as in the attribute history of what fit returns; it has "loss" and "val_loss".
    Returns (epochs,).
    """
    ### BEGIN SOLUTION
    return np.array(history["val_loss"]) - np.array(history["loss"])
    ### END SOLUTION
