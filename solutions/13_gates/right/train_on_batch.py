# variant: right
# who: weights start at zero, train_on_batch in a loop until all four are right, perceptron rule with a pocket

# %%
import numpy as np
from tensorflow import keras
from tensorflow.keras import layers

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")
print("shapes:", INPUTS.shape)

# %%
def gate_labels(name):
    x1 = INPUTS[:, 0]
    x2 = INPUTS[:, 1]
    if name == "OR":
        y = x1 + x2 - x1 * x2
    if name == "AND":
        y = x1 * x2
    if name == "NAND":
        y = 1 - x1 * x2
    if name == "XOR":
        y = (x1 != x2) * 1
    return y

# %%
def build_gate_model():
    model = keras.Sequential(name="gate")
    model.add(keras.Input((2,)))
    model.add(layers.Dense(1, kernel_initializer="zeros"))
    return model

build_gate_model().summary()

# %%
def train_gate(name, seed):
    keras.utils.set_random_seed(seed)
    model = build_gate_model()
    model.compile(optimizer=keras.optimizers.RMSprop(0.05), loss="mean_squared_error")
    target = gate_labels(name)
    for step in range(300):
        model.train_on_batch(INPUTS, target)
        if step % 50 == 49:
            guess = model(INPUTS).numpy().ravel() > 0.5
            if np.all(guess == (target > 0.5)):
                break
    return model

or_net = train_gate("OR", 3)
print(or_net.predict(INPUTS, verbose=0).round(2))

# %%
def single_layer_best(name):
    # perceptron rule on rows in random order; keep the best weights seen so far in the pocket
    target = gate_labels(name)
    order = np.random.default_rng(0)
    data = np.c_[INPUTS, np.ones(4)]
    w = np.zeros(3)
    pocket = 0
    for _ in range(400):
        i = order.integers(4)
        w += 0.3 * (target[i] - float(data[i] @ w > 0)) * data[i]
        pocket = max(pocket, np.sum((data @ w > 0) == (target > 0)))
    return pocket / 4


for gate in ("OR", "AND", "NAND", "XOR"):
    print(gate, single_layer_best(gate))
