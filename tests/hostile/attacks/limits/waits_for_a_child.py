# /// attack
# title = "Waits in a way that no clock counts: for a child that has its parent suspended by vfork"
# says = ["only waited"]
# ///

# %%
import ctypes
import os
import time

libc = ctypes.CDLL(None, use_errno=True)
CLONE_VFORK, SIGCHLD = 0x4000, 17


# %%
def rank_of(value):
    print("TRIED to be neither at work nor idle, so that it counts as the grader's fault", flush=True)
    if libc.syscall(56 if os.uname().machine == "x86_64" else 220, CLONE_VFORK | SIGCHLD, None, None, None, None) == 0:
        while True:
            time.sleep(100)
