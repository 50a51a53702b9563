# /// attack
# title = "Ends its process with status 0 within calls, while an answer is read, at exit, in a thread and by a signal"
# says = ["ended its own process"]
# ///

# %%
import atexit
import os
import signal
import sys
import threading

print("TRIED to leave with a good status", flush=True)
atexit.register(os._exit, 0)
signal.signal(signal.SIGTERM, lambda *args: os._exit(0))


class Leaves:
    def __repr__(self):
        os._exit(0)


# %%
rank_of = lambda value: sys.exit(0)
make_scalar = lambda: quit(0)
make_tensor = lambda rank: threading.Thread(target=os._exit, args=(0,)).start()
kind_of = lambda value: Leaves()
make_vector = lambda: os.kill(os.getpid(), signal.SIGTERM)

# %%
sys.exit(0)
