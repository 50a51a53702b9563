# /// attack
# title = "Takes memory by lists, NumPy, TensorFlow and C"
# says = ["MB of memory", "far too many elements"]
# ///

# %%
import ctypes

import numpy as np
import tensorflow as tf

print("TRIED NumPy")
np.ones((1 << 20, 1 << 14))

# %%
print("TRIED malloc")
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.malloc.argtypes = [ctypes.c_size_t]
got = 0
while got < 4000:
    address = libc.malloc(100 << 20)
    if not address:
        break
    ctypes.memset(address, 1, 100 << 20)
    got += 100
if got >= 4000:
    print("BROKE has 4 GB")

# %%
print("TRIED a list")
kept = []
while True:
    kept.append(bytearray(10 << 20))
