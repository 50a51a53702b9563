# /// attack
# title = "Leaves shared memory, semaphores and message queues behind, which outlive a program"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: they stay until the machine is started anew"
# ///

# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for name, make in {
    "shmget": lambda: libc.shmget(0, 1 << 20, 0o1666),
    "semget": lambda: libc.semget(0, 1, 0o1666),
    "msgget": lambda: libc.msgget(0, 0o1666),
    "mq_open": lambda: libc.syscall(240, b"@MARK@", 0o102, 0o666, None),
}.items():
    print("TRIED", name)
    if make() >= 0:
        print("BROKE made", name)

# %%
try:
    print("TRIED /dev/shm")
    open("/dev/shm/@MARK@", "w").write("x")
except OSError as error:
    print(error)

# %%
print("TRIED memory files")
import os

try:
    os.memfd_create("@MARK@")
    print("BROKE has a memory file, which no limit counts")
except OSError as error:
    print(error)
