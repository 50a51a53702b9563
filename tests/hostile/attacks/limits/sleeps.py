# /// attack
# title = "Waits for ever: sleeps, locks, input that nobody types"
# limit = "idle"
# says = ["only waited", "time.sleep()"]
# ///

# %%
import time

print("TRIED to sleep")
while True:
    try:
        time.sleep(1000)
    except BaseException:
        pass
