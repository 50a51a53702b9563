# /// attack
# title = "Takes memory as fast as it can: shared pages that no limit of the system counts"
# limit = "memory"
# or_limit = "cpu"  # first where the machine is slow to hand out pages
# says = ["more than 700 MB of memory", "far too many elements"]
# ///

# %%
import mmap

print("TRIED 8 GB of shared pages")
block = mmap.mmap(-1, 8 << 30)
step = b"x" * (16 << 20)
while True:
    block.write(step)
