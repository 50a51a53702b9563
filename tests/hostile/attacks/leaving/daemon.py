# /// attack
# title = "Leaves a process behind that has cut every tie to its parents"
# ///

# %%
import os
import time

print("TRIED to leave a daemon")
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.setsid()
        while True:
            time.sleep(1)
    os._exit(0)
os.wait()

# %%
print("TRIED to leave a program")
if os.fork() == 0:
    os.setsid()
    os.execv("/bin/sleep", ["sleep", "86400"])
