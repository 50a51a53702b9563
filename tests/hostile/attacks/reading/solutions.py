# /// attack
# title = "Reads reference solutions and hidden checks of the course by their paths"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program reads what its user may read"
# ///

# %%
import glob
import os

for path in ["@SOLUTION@", "@HIDDEN@", "@PUBLIC@", "@CANARY_SOLUTION@"]:
    print("TRIED", path)
    try:
        print("BROKE read", path, len(open(path).read()))
    except OSError as error:
        print(error)

# %%
print("TRIED to list folders")
for path in ["@COURSE@", "@COURSE@/solutions", "@WORLD@", "@OUT@", "@PACKAGE@"]:
    try:
        print("BROKE listed", path, os.listdir(path))
    except OSError as error:
        print(error)

# %%
print("TRIED to find them")
found = glob.glob("/**/solutions/*/checks.py", recursive=False) + glob.glob("/*/*/solutions") + glob.glob("/*/solutions")
if found:
    print("BROKE found", found)
