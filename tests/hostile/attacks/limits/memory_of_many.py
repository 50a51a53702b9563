# /// attack
# title = "Takes memory in many processes, a little in each"
# limit = "memory"
# says = ["more than 700 MB of memory"]
# ///

# %%
import mmap
import os
import time

print("TRIED 10 processes")
for _ in range(10):
    if os.fork() == 0:
        block = mmap.mmap(-1, 150 << 20)
        block[::4096] = bytes(len(block) // 4096)
        time.sleep(100)
        os._exit(0)
time.sleep(100)
