# variant: right
# who: follows the lecture line by line, Korean comments, prints and a leftover experiment

# %%
import tensorflow as tf
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.optimizers import SGD

tf.random.set_seed(777)

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
# 게이트별 정답 레이블
def gate_labels(name):
    if name == 'OR':
        label = np.array([[0], [1], [1], [1]])
    elif name == 'AND':
        label = np.array([[0], [0], [0], [1]])
    elif name == 'NAND':
        label = np.array([[1], [1], [1], [0]])
    else:
        label = np.array([[0], [1], [1], [0]])
    return label

print(gate_labels('NAND'))

# %%
def build_gate_model():
    model = Sequential()
    # 단층 퍼셉트론을 구성합니다
    model.add(Dense(1, input_shape=(2,), activation='linear'))
    model.compile(optimizer=SGD(), loss='mse', metrics=['acc'])
    return model

m = build_gate_model()
m.summary()

# %%
def train_gate(name, seed):
    tf.random.set_seed(seed)
    model = build_gate_model()
    # 500번 학습
    model.fit(INPUTS, gate_labels(name), epochs=500, verbose=0)
    return model

# %%
def single_layer_best(name):
    # XOR는 직선 하나로 나눌 수 없어서 3/4까지만 가능
    if name == 'XOR':
        return 0.75
    return 1.0
