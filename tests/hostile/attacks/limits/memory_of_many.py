# /// attack
# title = "Takes memory in many processes, a little in each"
# limit = "memory"
# says = ["more than 700 MB of memory"]
# ///

# %%
import os
import time

print("TRIED 10 processes")
for _ in range(10):
    if os.fork() == 0:
        block = bytearray(b"x" * (150 << 20))
        time.sleep(100)
time.sleep(100)
