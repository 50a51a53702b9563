# /// attack
# title = "Sets timers and alarms, and raises in every handler, so that no cell ends as it should"
# ///

# %%
import signal
import time

print("TRIED timers")


def again(*_):
    raise KeyboardInterrupt("mine")


for number in (signal.SIGALRM, signal.SIGVTALRM, signal.SIGPROF, signal.SIGUSR1):
    signal.signal(number, again)
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
signal.setitimer(signal.ITIMER_PROF, 0.01, 0.01)

# %%
time.sleep(0.2)
