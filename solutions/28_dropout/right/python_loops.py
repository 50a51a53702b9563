# variant: right
# who: loops and Python's random, Korean comments, a notebook's leftovers, history first
# In[1]:
import random
import numpy as np
from tensorflow import keras
from tensorflow.keras import initializers
import matplotlib.pyplot as plt

# In[2]:
def dropout(x, rate, training, seed):
    if training == False:
        return x.tolist()
    random.seed(seed)
    out = []
    for row in x:
        new_row = []
        for v in row:
            if random.random() < rate:   # 끈다
                new_row.append(0)
            else:                        # 남긴다 (평균 유지)
                new_row.append(float(v) / (1 - rate))
        out.append(new_row)
    return out

dropout(np.ones((3, 4)), 0.5, True, 1)

# In[3]:
def build_model(rate):
    ip = keras.layers.Input(shape=(20,))
    n = keras.layers.Dense(64, kernel_initializer=initializers.RandomNormal(stddev=0.1))(ip)
    n = keras.layers.Activation('relu')(n)
    n = keras.layers.Dropout(rate)(n)
    n = keras.layers.Dense(1, activation='linear')(n)
    return keras.models.Model(inputs=ip, outputs=n)

build_model(0.5).summary()

# In[4]:
def train(x, y, x_val, y_val, rate, seed):
    keras.utils.set_random_seed(seed)
    model = build_model(rate)
    model.compile(loss='mse', optimizer=keras.optimizers.Adam(0.01))
    history = model.fit(x, y, epochs=40, validation_data=(x_val, y_val), verbose=0)
    plt.plot(history.history['loss'], label='train')
    plt.plot(history.history['val_loss'], label='val')
    plt.legend()
    return history, model

# In[5]:
def gap(history):
    차이 = []
    for i in range(len(history['loss'])):
        차이.append(history['val_loss'][i] - history['loss'][i])
    return np.array(차이)
