# /// attack
# title = "Acts later: atexit, threads, finalizers, children that wait for the end"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: a program writes where its user may write"
# ///

# %%
import atexit
import os
import threading
import time
import weakref


def later():
    for path in ("@CANARY_OTHER@", "@OUT@/@MARK@", "/tmp/@MARK@", "/dev/shm/@MARK@"):
        try:
            open(path, "w").write("later")
        except OSError:
            pass


print("TRIED atexit, a thread, a finalizer and a child")
atexit.register(later)
threading.Thread(target=lambda: (time.sleep(0.5), later())).start()


class Thing:
    pass


kept = Thing()
weakref.finalize(kept, later)
if os.fork() == 0:
    os.setsid()
    while os.getppid() > 1:
        time.sleep(0.05)
    later()
    os._exit(0)
