# /// attack
# title = "Looks for files that the grader left open in its kernel, and opens them again through /dev/fd and /proc/self/fd"
# ///

# %%
import os
import stat

for name in sorted(os.listdir("/proc/self/fd"), key=int):
    print("TRIED", name)
    try:
        target = os.readlink(f"/proc/self/fd/{name}")
        kind = os.fstat(int(name)).st_mode
    except OSError as error:
        print(error)
        continue
    harmless = target.startswith(("/dev/null", "/dev/zero", "socket:", "pipe:", "anon_inode:", "/proc/"))
    if stat.S_ISDIR(kind) and not target.startswith("/proc/"):
        print("BROKE a folder is open", target)
    elif not harmless and not target.startswith(os.getcwd()):
        print("BROKE a file is open", target)

# %%
for name in sorted(os.listdir("/proc/self/fd"), key=int):
    print("TRIED to go up from", name)
    try:
        found = os.listdir(f"/proc/self/fd/{name}/../../../..")
        if "root" in found or "home" in found:
            print("BROKE listed", found)
    except OSError as error:
        print(error)

# %%
import array
import socket

print("TRIED files that somebody sends me over my own sockets")
for name in os.listdir("/proc/self/fd"):
    try:
        one = socket.socket(fileno=os.dup(int(name)))
        one.setblocking(False)
        data, extra, _, _ = one.recvmsg(10, 1000, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        if extra:
            print("BROKE got files", extra)
    except OSError as error:
        print(error)
