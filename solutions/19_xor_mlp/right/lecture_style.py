# variant: right
# who: the lecture's recipe as it stands, Korean comments, weights taken out and multiplied by hand

# %%
import numpy as np
import tensorflow as tf
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense
from tensorflow.keras.optimizers import RMSprop

tf.random.set_seed(777)

data = np.array([[0,0], [1,0], [0,1], [1,1]])
label = np.array([[0], [1], [1], [0]])

# %%
def build_model():
    model = Sequential()
    # 32개의 유닛을 가진 은닉층
    model.add(Dense(32, input_shape=(2,), activation='relu'))
    model.add(Dense(1, activation='sigmoid'))
    model.compile(optimizer=RMSprop(), loss='mse', metrics=['acc'])
    return model

# %%
def train(seed):
    tf.random.set_seed(seed)
    model = build_model()
    model.fit(data, label, epochs=100, verbose=0)
    return model

# %%
def hidden_points(model):
    W1, b1, W2, b2 = model.get_weights()
    # 은닉층의 출력: relu(XW + b)
    return np.maximum(0, np.dot(data, W1) + b1)

# %%
def classic_network():
    tf_xor = Sequential()
    tf_xor.add(Dense(2, input_dim=2, activation='sigmoid'))
    tf_xor.add(Dense(1, activation='sigmoid'))
    tf_xor.compile(loss='mse', optimizer='sgd')
    return tf_xor

# %%
m = train(0)
print(m.predict(data))
print(hidden_points(m).shape)
