# /// attack
# title = "Starts processes without end, all of which wait"
# says = ["may start 24 processes and threads", "No exercise needs more than one"]
# [tier.process]
# says = []
# ///

# %%
import os
import time

print("TRIED to start processes without end")
while True:
    if os.fork() == 0:
        time.sleep(1000)
        os._exit(0)
