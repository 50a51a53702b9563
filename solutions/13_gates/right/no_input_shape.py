# variant: right
# who: leaves the input shape to the first fit, separate Activation layer, batch size 1, tensors for labels

# %%
import numpy as np
import tensorflow as tf

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")

# %%
def gate_labels(name):
    """labels as a tensor"""
    return tf.constant({"OR": "0111", "AND": "0001", "NAND": "1110", "XOR": "0110"}[name] and
                       [float(c) for c in {"OR": "0111", "AND": "0001", "NAND": "1110", "XOR": "0110"}[name]])

# %%
def build_gate_model():
    return tf.keras.Sequential([
        tf.keras.layers.Dense(1),
        tf.keras.layers.Activation("sigmoid"),
    ])

# %%
def train_gate(name, seed):
    np.random.seed(seed)
    tf.keras.utils.set_random_seed(seed)
    net = build_gate_model()
    net.compile("sgd", "binary_crossentropy")
    net.optimizer.learning_rate = 1.0
    net.fit(INPUTS, gate_labels(name), epochs=150, batch_size=1, verbose=0)
    return net

# %%
def single_layer_best(name):
    return {"XOR": 3 / 4}.get(name, 4 / 4)
