# /// attack
# title = "Opens a socket of every family there is"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program has the network of its user"
# ///

# %%
import os
import socket

for family in range(46):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind, 0).close()
            print("BROKE has a socket of family", family, kind)
        except OSError:
            pass
print("TRIED 46 families")

# %%
print("TRIED pairs of sockets that can be sent anywhere")
for kind in (socket.SOCK_DGRAM, socket.SOCK_RAW):
    try:
        one, _ = socket.socketpair(socket.AF_UNIX, kind)
        print("it is there")
        one.sendto(b"hello", "\0@ABSTRACT@")
        print("BROKE sent to an abstract name")
    except OSError as error:
        print(error)

# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for name, number in {"socket 32 bit wide": 0x40000000 + 41, "socketcall": 102 + 0x40000000}.items():
    print("TRIED", name)
    if libc.syscall(number, 2, 1, 0) >= 0:
        print("BROKE", name)
