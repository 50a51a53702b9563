# /// attack
# title = "Turns on its supervisor: hides from it, stops it, closes its channel, filters its own system calls"
# says = ["Your program ended its own process"]
# [tier.process]
# run = false
# reason = "there is no sandbox in this tier: a program signals whatever its user runs"
# ///

# %%
import ctypes
import os
import signal
import struct

libc = ctypes.CDLL(None, use_errno=True)
for name, option, value in (("not to be looked into", 4, 0), ("no reaper", 36, 0)):
    print("TRIED", name)
    if libc.prctl(option, value, 0, 0, 0) == 0:
        print("BROKE", name)
print("TRIED to live on when it dies")
libc.prctl(1, 0, 0, 0, 0)

# %%
for number in (signal.SIGSTOP, signal.SIGKILL):
    print("TRIED", number)
    parent = os.getppid()
    if parent > 1:
        try:
            os.kill(parent, number)
            print("BROKE signalled my parent")
        except OSError as error:
            print(error)

# %%
print("TRIED to make siblings, which are no children of mine")
child = libc.syscall(56, 0x8000 | 17, None, None, None, None)
if child == 0:
    os._exit(0)
if child > 0:
    print("BROKE has a sibling")

# %%
print("TRIED a filter that kills whoever writes")
FILTER = struct.pack("HBBI", 0x20, 0, 0, 0) + struct.pack("HBBI", 0x15, 0, 1, 1) + struct.pack("HBBI", 6, 0, 0, 0x80000000) + struct.pack("HBBI", 6, 0, 0, 0x7FFF0000)
code = ctypes.create_string_buffer(FILTER, len(FILTER))


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


libc.syscall(317, 1, 1, ctypes.byref(Program(4, ctypes.cast(code, ctypes.c_void_p))))

# %%
print("TRIED to close all that is open")
os.closerange(3, 4096)
