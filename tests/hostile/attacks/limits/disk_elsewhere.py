# /// attack
# title = "Fills other places: /tmp, /dev/shm, the home folder"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: only its own folder is watched"
# ///

# %%
import os
import tempfile

own = os.getcwd()  # watched by the clock of the supervisor, and filled by other attacks
places = {"/tmp", "/dev/shm", "/var/tmp", "/run", tempfile.gettempdir(), os.path.expanduser("~")}
for folder in sorted(p for p in places if not os.path.realpath(p).startswith(own)):
    print("TRIED", folder)
    written = 0
    try:
        for n in range(20):
            with open(f"{folder}/@MARK@{n}", "wb") as file:
                for _ in range(20):
                    written += file.write(b"x" * (1 << 20))
    except OSError as error:
        print(written >> 20, error)
    if written > 300 << 20:
        print("BROKE wrote", written >> 20, "MB to", folder)
