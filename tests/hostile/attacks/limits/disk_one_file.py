# /// attack
# title = "Fills the disk with one big file, then a sparse one"
# says = ["may write 48 MB of files"]
# ///

# %%
print("TRIED a file of 4 GB")
with open("big", "wb") as file:
    for n in range(4000):
        file.write(b"x" * (1 << 20))
    print("BROKE wrote 4 GB")

# %%
import os

print("TRIED a sparse file, and to have the system make room for it")
with open("sparse", "wb") as file:
    try:
        file.truncate(1 << 40)
        print("BROKE a file of 1 TB")
    except OSError as error:
        print(error)
    os.posix_fallocate(file.fileno(), 0, 1 << 32)
    print("BROKE has room for 4 GB")
