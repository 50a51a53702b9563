# %% [markdown]
# # Logic gates with one layer
#
# A layer with one unit computes $w_1 x_1 + w_2 x_2 + b$ and so divides the plane by a straight line.
# That is enough for OR, AND and NAND. Build such a network with Keras and train it on each gate,
# whatever the random weights it starts from. Then find out how many of the four points of XOR
# one line can get right at most. Throughout, an output above 0.5 counts as 1.
#
# | name | shape | values |
# |---|---|---|
# | `INPUTS` | (4, 2) | 0 or 1, float32 |
# | labels of a gate | (4,) or (4, 1) | 0 or 1 |
# | kernel and bias of the layer | (2, 1) and (1,) | float32 |
# | output of the network | (4, 1) | float32 |

# %%
import numpy as np
from tensorflow import keras

INPUTS = np.array([[0, 0], [1, 0], [0, 1], [1, 1]], dtype="float32")


# %%
def gate_labels(name: str) -> np.ndarray:
    """What a gate answers to the four rows of INPUTS.

    name: "OR", "AND", "NAND" or "XOR".
    Returns 0 or 1 for each row of INPUTS, in their order: (4,) or (4, 1).
    """
    raise NotImplementedError("gate_labels")


# %%
def build_gate_model() -> keras.Model:
    """A new, untrained network with a single layer of one unit.

    Its input is (batch, 2), its output (batch, 1). Returns a Keras model; it may be compiled.
    """
    raise NotImplementedError("build_gate_model")


# %%
def train_gate(name: str, seed: int) -> keras.Model:
    """A new network from build_gate_model(), trained on one gate.

    name: as for gate_labels, XOR as well. seed: a whole number for keras.utils.set_random_seed.
    Returns the trained Keras model: INPUTS (4, 2) -> (4, 1), above 0.5 where the gate answers 1.
    """
    raise NotImplementedError("train_gate")


# %%
def single_layer_best(name: str) -> float:
    """The best accuracy that a single layer can reach on a gate, whatever its weights.

    name: as for gate_labels. Returns the share of the four points that it gets right, 0..1.
    """
    raise NotImplementedError("single_layer_best")
