# variant: right
# who: pure Python loops and lists, Korean comments, experiments left over from the notebook
# In[1]:
import math
import numpy as np
import tensorflow as tf
from tensorflow import keras
import matplotlib.pyplot as plt
tf.random.set_seed(777)

# In[2]:
X = np.array([[0,0],[0,1],[1,0],[1,1]])
y = np.array([[0],[1],[1],[0]])

# In[3]:
# 열(특성)마다 평균과 분산을 따로 구한다
def batchnorm_training(x, gamma, beta, epsilon=0.001):
    결과 = [[0.0] * len(x[0]) for _ in range(len(x))]
    for j in range(len(x[0])):
        col = [float(row[j]) for row in x]
        m = sum(col) / len(col)
        v = sum((c - m) ** 2 for c in col) / len(col)
        for i in range(len(x)):
            결과[i][j] = float(gamma[j]) * (col[i] - m) / math.sqrt(v + epsilon) + float(beta[j])
    return 결과

batchnorm_training(X, [1, 1], [0, 0])

# In[4]:
def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    return [[g * (v - m) / math.sqrt(s + epsilon) + b for v, g, b, m, s in zip(row, gamma, beta, moving_mean, moving_variance)] for row in x]

# In[5]:
def update_moving(moving, batch_value, momentum=0.99):
    return [momentum * a + (1 - momentum) * b for a, b in zip(moving, batch_value)]

moving = [0.0, 0.0]
for _ in range(100):
    moving = update_moving(moving, [0.5, 0.5])
print(moving)      # 아직 0.5에 못 미친다

# In[7]:
def build_model(units):
    ip = keras.layers.Input(shape=(2,))
    n = keras.layers.BatchNormalization(momentum=0.9)(ip)
    n = keras.layers.Dense(units, activation='sigmoid', kernel_initializer=keras.initializers.RandomNormal(stddev=1.0))(n)
    n = keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5)(n)
    n = keras.layers.Dense(1, activation='linear')(n)
    model = keras.models.Model(inputs=ip, outputs=n)
    return model

build_model(2).summary()

# In[8]:
def parameter_counts(units):
    # BN: 4n, 그중 2n은 학습되지 않는다
    return np.array([4 + 3 * units + 2 * units + units + 1, 4 + 2 * units])

# In[9]:
def train(seed):
    keras.utils.set_random_seed(seed)
    model = build_model(8)
    model.compile(loss='mse', optimizer='adam', metrics=['accuracy'])
    hist = model.fit(X, y, epochs=500, verbose=0)
    fig, ax = plt.subplots()
    ax.plot(hist.history['loss'], label='train loss', c='blue')
    ax.plot(hist.history['accuracy'], label='train accuracy', c='red')
    ax.legend(loc='upper left')
    return model

model = train(0)
print(model.predict(X))
