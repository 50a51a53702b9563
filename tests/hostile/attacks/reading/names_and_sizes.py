# /// attack
# title = "Asks for names, sizes and times of files that it cannot read, and counts processes"
# [tier.landlock]
# broke = true
# reason = "Landlock decides on opening files, not on looking at them: who knows or guesses a path learns whether it is there, how large and how old it is; likewise for numbers of processes"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program reads what its user may read"
# ///

# %%
import os

for path in ["@CANARY_FILE@", "@SOLUTION@", "@OUT@"]:
    print("TRIED", path)
    try:
        print("BROKE it has", os.stat(path).st_size, "bytes")
    except OSError as error:
        print(error)

# %%
for pid in (@GRADER_PID@, @ZYGOTE_PID@, @KERNEL_PID@):
    print("TRIED whether there is a process", pid)
    if pid > 100 and os.path.exists(f"/proc/{pid}"):
        print("BROKE there is")
