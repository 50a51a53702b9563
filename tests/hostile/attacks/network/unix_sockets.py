# /// attack
# title = "Connects to sockets of this machine: by path, by abstract name, and to all that /proc/net/unix lists"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program talks to every socket of its user"
# ///

# %%
import socket


def contact(address):
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.settimeout(1)
            one.connect(address)
            print("BROKE connected to", repr(address))
    except OSError as error:
        print(error)


for address in ("@SOCKET@", "\0@ABSTRACT@", "/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private"):
    print("TRIED", repr(address))
    contact(address)

# %%
print("TRIED all that are listed")
try:
    for line in open("/proc/net/unix").read().splitlines()[1:]:
        name = line.split()[-1]
        if "@MARK@" in name:
            contact("\0" + name[1:] if name.startswith("@") else name)
except OSError as error:
    print(error)

# %%
print("TRIED the socket that I have")
import os

for fd in os.listdir("/proc/self/fd"):
    try:
        mine = socket.socket(fileno=os.dup(int(fd)))
        mine.connect("\0@ABSTRACT@")
        print("BROKE connected by", fd)
    except OSError:
        pass
