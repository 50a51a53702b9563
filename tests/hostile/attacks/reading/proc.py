# /// attack
# title = "Goes through /proc into the files, the memory and the root of other processes"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: processes of the same user can be looked into"
# ///

# %%
import os

PIDS = {"grader": "@GRADER_PID@", "zygote": "@ZYGOTE_PID@", "judge": "@JUDGE_PID@", "another kernel": "@KERNEL_PID@"}
if str(os.getpid()) not in PIDS.values() and os.getpid() > 1:
    PIDS["my parent"] = os.getppid()

for who, pid in PIDS.items():
    for way in ("root@CANARY_FILE@", "cwd/pyproject.toml", "maps", "environ", "stack", "syscall", "wchan0", "auxv", "io"):
        print("TRIED", who, way)
        try:
            if open(f"/proc/{pid}/{way}", "rb").read(10):
                print("BROKE read", who, way)
        except OSError as error:
            print(error)

# %%
for who, pid in PIDS.items():
    print("TRIED the open files of", who)
    try:
        for fd in os.listdir(f"/proc/{pid}/fd"):
            print("BROKE sees", who, fd, os.readlink(f"/proc/{pid}/fd/{fd}"))
    except OSError as error:
        print(error)
    print("TRIED the command line of", who)
    try:
        print("BROKE sees", open(f"/proc/{pid}/cmdline").read())
    except OSError as error:
        print(error)

# %%
for who, pid in PIDS.items():
    print("TRIED the memory of", who)
    try:
        with open(f"/proc/{pid}/mem", "rb+") as memory:
            start = int(open(f"/proc/{pid}/maps").readline().split("-")[0], 16)
            memory.seek(start)
            print("BROKE read memory of", who, memory.read(4))
    except OSError as error:
        print(error)
