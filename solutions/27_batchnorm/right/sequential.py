# variant: right
# who: Sequential with .add and an Activation layer of its own, RMSprop, float64 inside, history comes along
import numpy as np
from tensorflow.keras.models import Sequential
from tensorflow.keras.layers import Dense, Activation, BatchNormalization, Input
from tensorflow.keras.optimizers import RMSprop
from tensorflow.keras.utils import set_random_seed

x_xor = np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
y_xor = np.array([0., 1., 1., 0.])

def batchnorm_training(x, gamma, beta, epsilon=0.001):
    x64 = np.asarray(x, dtype=np.float64)
    mu = x64.sum(axis=0) / len(x64)
    centred = x64 - mu
    var = (centred ** 2).sum(axis=0) / len(x64)
    x_hat = centred / np.sqrt(var + epsilon)
    return x_hat * gamma + beta

def batchnorm_inference(x, gamma, beta, moving_mean, moving_variance, epsilon=0.001):
    x_hat = (np.asarray(x, np.float64) - moving_mean) * (moving_variance.astype(np.float64) + epsilon) ** -0.5
    return x_hat * gamma + beta

def update_moving(moving, batch_value, momentum=0.99):
    return np.average([moving, batch_value], axis=0, weights=[momentum, 1 - momentum])

def build_model(units):
    model = Sequential()
    model.add(Input(shape=(2,)))
    model.add(BatchNormalization(momentum=0.9))
    model.add(Dense(units))
    model.add(Activation('sigmoid'))
    model.add(BatchNormalization(momentum=0.9))
    model.add(Dense(1, activation='linear'))
    return model

def parameter_counts(units):
    bn1 = [2, 2]           # gamma+beta, moving mean+variance (per feature)
    trainable = 2 * bn1[0] + (2 * units + units) + units * bn1[0] + (units * 1 + 1)
    return [trainable, 2 * bn1[1] + units * bn1[1]]

def train(seed):
    set_random_seed(seed)
    model = build_model(8)
    model.compile(loss='mean_squared_error', optimizer=RMSprop(learning_rate=0.01), metrics=['accuracy'])
    hist = model.fit(x_xor, y_xor, epochs=400, batch_size=len(x_xor), verbose=0)
    return model, hist
