# /// attack
# title = "Reads shared memory of the grader: POSIX and System V"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: shared memory of the same user can be read"
# ///

# %%
import ctypes

print("TRIED /dev/shm")
try:
    print("BROKE read", open("@CANARY_SHM@").read())
except OSError as error:
    print(error)

# %%
print("TRIED a System V segment")
libc = ctypes.CDLL(None, use_errno=True)
libc.shmat.restype = ctypes.c_void_p
address = libc.shmat(@SHM_ID@, None, 0o10000)
if address not in (None, ctypes.c_void_p(-1).value):
    print("BROKE read", ctypes.string_at(address, 16))
