# /// attack
# title = "Connects to a server on this machine by TCP and UDP"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program has the network of its user"
# ///

# %%
import socket

for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
    print("TRIED TCP to", host)
    try:
        with socket.socket(family) as one:
            one.settimeout(2)
            one.connect((host, @PORT@))
            print("BROKE connected to", host)
    except OSError as error:
        print(error)

# %%
print("TRIED UDP")
try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.sendto(b"hello", ("127.0.0.1", @UDP_PORT@))
        print("BROKE sent by UDP")
except OSError as error:
    print(error)
