# /// attack
# title = "Enters the system by other doors: calls of 32 bits, of x32, keys, faults served by itself, terminals, timers without end"
# [tier.process]
# run = false
# reason = "there is no sandbox in this tier: no system call is refused"
# ///

# %%
import ctypes
import errno
import mmap
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def call(name, *arguments):
    print("TRIED", name)
    ctypes.set_errno(0)
    result = libc.syscall(*[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result >= 0:
        print("BROKE", name, result)
    else:
        print(errno.errorcode.get(ctypes.get_errno()))


call("keyctl: the keys of my session", 250, 0, -3, 1)
call("keyctl: a session of keys", 250, 1, b"@MARK@")
call("add_key", 248, b"user", b"@MARK@", b"x", 1, -4)
call("request_key", 249, b"user", b"@MARK@", None, -4)
call("userfaultfd", 323, 1)
call("perf_event_open", 298, ctypes.create_string_buffer(128), 0, -1, -1, 0)
call("bpf", 321, 0, ctypes.create_string_buffer(72), 72)
call("memfd_secret", 447, 0)
call("x32: getpid", 0x40000000 | 39)
call("process_madvise", 440, 0, None, 0, 0, 0)
call("syslog", 103, 3, ctypes.create_string_buffer(100), 100)
call("personality", 135, 0x0040000)
call("deadline scheduling", 314, 0, ctypes.create_string_buffer(48), 0)

# %%
print("TRIED a call of 32 bits, by its own machine code")
if os.uname().machine == "x86_64":
    child = os.fork()
    if child == 0:
        code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
        code.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")  # mov eax, 20 (getpid); int 0x80; ret
        got = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
        os._exit(7 if got > 0 else 0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7:
        print("BROKE the system answered")

# %%
import fcntl

for path in ("/dev/tty", "/dev/ptmx", "/dev/pts/0", "/dev/console", "/dev/vsock", "/dev/kvm", "/dev/fuse", "/dev/net/tun", "/dev/loop-control"):
    print("TRIED", path)
    try:
        opened = os.open(path, os.O_RDWR)
        print("BROKE opened", path)
        fcntl.ioctl(opened, 0x5412, b"x")  # TIOCSTI
        print("BROKE typed into", path)
    except OSError as error:
        print(error)

# %%
print("TRIED timers and queued signals without end")
made = 0
while made < 500_000 and libc.syscall(222, 1, None, ctypes.byref(ctypes.c_int())) == 0:
    made += 1
if made == 500_000:
    print("BROKE has", made, "timers")

# %%
import array
import socket

print("TRIED to keep more files than allowed, in letters under way")
sent, kept = 0, []
try:
    for _ in range(20):
        ours, theirs = socket.socketpair()
        kept += [ours, theirs]
        ours.setblocking(False)
        for _ in range(40):
            files = [os.open("/dev/null", os.O_RDONLY) for _ in range(100)]
            try:
                sent += bool(ours.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))])) * 100
            finally:
                for file in files:
                    os.close(file)
except OSError as error:
    print(error)
if sent > 2000:
    print("BROKE", sent, "files are under way")
