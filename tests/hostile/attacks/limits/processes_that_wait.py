# /// attack
# title = "Starts processes without end, all of which wait"
# ///

# %%
import os
import time

print("TRIED to start processes without end")
while True:
    if os.fork() == 0:
        time.sleep(1000)
        os._exit(0)
