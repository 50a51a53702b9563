# /// attack
# title = "Fills the buffers of thousands of sockets in many processes, which are nobody's resident memory"
# limit = "memory"
# or_limit = "cpu"  # first where the machine is slow to fill them
# says = ["more than 700 MB of memory"]
# ///

# %%
import os
import socket
import time

BLOCK = bytes(1 << 16)


def fill():
    kept = []
    try:
        while True:
            for one in socket.socketpair():
                kept.append(one)
                one.setblocking(False)
                try:
                    while True:
                        one.send(BLOCK)
                except BlockingIOError:
                    pass
    except OSError:  # no more files
        time.sleep(100)


# %%
print("TRIED sockets full of words that nobody reads")
for _ in range(20):
    if os.fork() == 0:
        fill()
        os._exit(0)
fill()
