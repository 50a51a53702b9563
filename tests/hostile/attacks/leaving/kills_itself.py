# /// attack
# title = "Kills itself and all its relatives"
# ///

# %%
print("TRIED to kill my group, and what I started")

# %%
import os
import signal

for _ in range(3):
    if os.fork() == 0:
        os.setpgrp()
        signal.pause()
os.killpg(0, signal.SIGTERM)
os.kill(os.getpid(), signal.SIGKILL)
