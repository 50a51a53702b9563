# /// attack
# title = "Answers with dicts whose keys collide, change their hash, contain themselves or are NaN"
# exercise = "dropout"
# ///

# %%
import math

MODULUS = 2**61 - 1  # Python's hashes of integers are taken modulo this


class Changing:
    def __init__(self):
        self.hash = 0

    def __hash__(self):
        self.hash += 1
        return self.hash

    def __eq__(self, other):
        return False


colliding = {n * MODULUS: n for n in range(4_000)}
self_keyed = {}
self_keyed[("me", id(self_keyed))] = self_keyed
odd = {math.nan: 1, float("nan"): 2, 0: 3, False: 4, Changing(): 5, (1, (2, frozenset({3}))): 6, b"loss": [0.0], "loss": []}

# %%
print("TRIED to make a dict that cannot be rebuilt")
dropout = lambda *args: odd
build_model = lambda rate: colliding
gap = lambda history: self_keyed
train = lambda *args: (odd, colliding)
