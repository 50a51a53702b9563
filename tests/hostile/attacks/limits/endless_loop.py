# /// attack
# title = "Computes for ever, and catches every interrupt"
# limit = "cpu"
# says = ["of computing", "a loop that never ends"]
# ///

# %%
import signal

for number in (signal.SIGINT, signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):
    signal.signal(number, signal.SIG_IGN)

# %%
print("TRIED to outlast every signal")
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
