# /// attack
# title = "Fills the disk with many files, deletes them while they are open, and goes on"
# says = ["48 MB of files"]
# ///

# %%
import os
import time

print("TRIED 2 GB in files that have no name any more")
kept = []
for n in range(200):
    file = open(f"f{n}", "wb")
    os.unlink(f"f{n}")
    for _ in range(10):
        file.write(b"x" * (1 << 20))
    file.flush()
    kept.append(file)
    time.sleep(0.01)
print("BROKE wrote 2 GB")
