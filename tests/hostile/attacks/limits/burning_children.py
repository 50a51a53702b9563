# /// attack
# title = "Has children compute while it waits itself, and has them die unseen"
# says = ["Your program was stopped"]
# [tier.process]
# run = false
# reason = "without the filter of system calls a program can hide what its children compute; the grader gives up after 20 times the limit"
# ///

# %%
import os
import signal
import time

print("TRIED children that burn, and that nobody waits for")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def burn(seconds):
    if os.fork() == 0:
        if os.fork() == 0:
            end = time.process_time() + seconds
            while time.process_time() < end:
                pass
        os._exit(0)


while True:
    try:
        burn(0.03)
        burn(0.03)
        time.sleep(0.03)
    except BaseException:
        time.sleep(0.05)
