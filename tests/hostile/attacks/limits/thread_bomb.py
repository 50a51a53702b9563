# /// attack
# title = "Starts threads without end"
# says = ["processes and threads", "No exercise needs more than one"]
# [tier.process]
# run = false
# reason = "as root the system counts nobody's threads"
# ///

# %%
import threading
import time

print("TRIED to start threads without end")
kept = []
while True:
    kept.append(threading.Thread(target=time.sleep, args=(1000,), daemon=True))
    kept[-1].start()
