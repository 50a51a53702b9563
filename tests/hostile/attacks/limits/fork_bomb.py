# /// attack
# title = "A fork bomb"
# limit = "cpu"
# says = ["of computing"]
# [tier.landlock]
# or_limit = "processes"  # an ordinary user's other processes count too: the supervisor may be first
# [tier.process]
# run = false
# reason = "where the system counts nobody's processes, as for root, a bomb is faster than whoever watches"
# ///

# %%
import os

print("TRIED to fork without end")
while True:
    try:
        os.fork()
    except BaseException:
        pass
