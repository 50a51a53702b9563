# variant: right
# who: follows the lecture, Korean comments, an experiment of their own with prints and files

# %%
import numpy as np
from tensorflow.keras.models import Sequential, load_model, clone_model
from tensorflow.keras.layers import Dense

data = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype='float32')
label = np.array([[0], [1], [1], [0]], dtype='float32')

# %%
# 학습하고 저장하기
def train_and_save(model, x, y, path):
    hist = model.fit(x, y, epochs=10, batch_size=4, verbose=0)
    print('loss:', hist.history['loss'][-1])
    model.save(path)

# %%
# 저장한 신경망 불러오기 (h5는 compile=False가 있어야 함)
def load_network(path):
    model = load_model(path, compile=False)
    return model

# %%
def save_weights(model, path):
    model.save_weights(path)

def load_weights(model, path):
    model.load_weights(path)
    return model

# %%
def copy_network(model):
    weights = model.get_weights()        # 모델의 가중치 불러오기
    new_model = clone_model(model)
    new_model.set_weights(weights)       # 새 모델에 가중치 적용하기
    return new_model

# %%
model = Sequential()
model.add(Dense(4, input_shape=(2,), activation='relu'))
model.add(Dense(1, activation='sigmoid'))
model.compile(optimizer='adam', loss='mse')
train_and_save(model, data, label, 'xor.h5')
print(load_network('xor.h5').predict(data, verbose=0))
save_weights(model, 'xor.weights.h5')
other = copy_network(model)
load_weights(other, 'xor.weights.h5')
