# /// attack
# title = "Starts processes without end, all of which wait"
# says = ["No exercise needs more than one"]
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
