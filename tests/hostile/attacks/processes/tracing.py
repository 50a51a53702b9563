# /// attack
# title = "Traces other processes, reads and writes their memory, takes their open files"
# [tier.process]
# run = false
# reason = "there is no sandbox in this tier: processes of the same user can be looked into"
# ///

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
PIDS = {"grader": @GRADER_PID@, "zygote": @ZYGOTE_PID@, "judge": @JUDGE_PID@, "another kernel": @KERNEL_PID@}
SELF = os.getpid()
buffer = ctypes.create_string_buffer(8)
vector = (ctypes.c_void_p * 2)(ctypes.addressof(buffer), 8)


def call(name, *arguments):
    print("TRIED", name)
    ctypes.set_errno(0)
    result = libc.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result >= 0:
        print("BROKE", name, result)
    else:
        print(os.strerror(ctypes.get_errno()))
    return result


for who, pid in PIDS.items():
    if pid == SELF:
        continue
    if call(f"seize {who}", 101, 0x4206, pid, 0, 0) >= 0:
        libc.syscall(101, 17, pid, 0, 0)
    there = (ctypes.c_void_p * 2)(0x400000, 8)
    call(f"read memory of {who}", 310, pid, vector, 1, there, 1, 0)
    call(f"write memory of {who}", 311, pid, vector, 0, there, 0, 0)
    call(f"compare with {who}", 312, SELF, pid, 1, 0, 0)
    try:
        handle = os.pidfd_open(pid)
    except OSError as error:
        print(error)
        continue
    call(f"take a file of {who}", 438, handle, 1, 0)
