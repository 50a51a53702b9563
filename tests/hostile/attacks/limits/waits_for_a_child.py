# /// attack
# title = "Waits in a way that no clock counts: for a child that has its parent suspended by vfork"
# says = ["only waited"]
# [tier.process]
# run = false
# reason = "without the filter of system calls a thread can wait for another where no clock counts; the grader gives up after 20 times the limit"
# ///

# %%
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
CLONE, CLONE_VFORK, SIGCHLD, THREAD = 56 if os.uname().machine == "x86_64" else 220, 0x4000, 17, 0x10000 | 0x800 | 0x100


# %%
def rank_of(value):
    print("TRIED to be neither at work nor idle, so that it counts as the grader's fault", flush=True)
    if libc.syscall(CLONE, CLONE_VFORK | SIGCHLD, None, None, None, None) == 0:
        while True:
            time.sleep(100)


def kind_of(value):
    print("TRIED the same with a thread", flush=True)
    if libc.syscall(CLONE, CLONE_VFORK | THREAD, None, None, None, None) == 0:
        while True:
            time.sleep(100)
