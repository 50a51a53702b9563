# /// attack
# title = "Answers with broadcast and strided views of 10^12 elements, and with empty arrays of enormous shape"
# exercise = "lr_sweep"
# ///

# %%
import numpy as np

ONE = np.zeros(1, "float32")

# %%
print("TRIED to make a small array large for whoever copies it or walks along it")
descend = lambda *args: np.zeros((2**31 - 1, 0), "float32")
classify = lambda lr: np.broadcast_to(ONE, (10**6, 10**6))
descend_two_valleys = lambda *args: np.lib.stride_tricks.as_strided(ONE, (10**12,), (0,))
plot_sweep = lambda rates: [np.zeros((0, 10**12)), np.zeros((10**6, 0, 10**6))]
