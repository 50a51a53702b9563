# /// attack
# title = "Stops itself with SIGSTOP, which no interrupt ends"
# limit = "idle"
# says = ["only waited"]
# ///

# %%
import os
import signal
import time

print("TRIED to stop myself")
os.kill(os.getpid(), signal.SIGSTOP)
while True:
    try:
        time.sleep(100)
    except BaseException:
        pass
