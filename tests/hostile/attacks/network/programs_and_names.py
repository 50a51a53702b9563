# /// attack
# title = "Goes out through other programs and libraries: curl, DNS, urllib, TensorFlow's servers"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program has the network of its user"
# ///

# %%
import subprocess
import sys
import urllib.request

print("TRIED urllib")
try:
    urllib.request.urlopen("http://127.0.0.1:@PORT@/", timeout=0.2)
except TimeoutError:
    print("BROKE connected by urllib")
except OSError as error:
    print(error)

# %%
CODE = "import socket; socket.create_connection(('127.0.0.1', @PORT@), 1); print('connected')"
for words in (["curl", "-m", "1", "http://127.0.0.1:@PORT@/"], ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/@PORT@ && echo connected"], ["perl", "-MIO::Socket", "-e", "print 'connected' if IO::Socket::INET->new('127.0.0.1:@PORT@')"], [sys.executable, "-c", CODE]):
    print("TRIED", words[0])
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=2)
        if "connected" in done.stdout or done.returncode == 28:
            print("BROKE connected by", words[0])
    except subprocess.TimeoutExpired:
        print("BROKE connected by", words[0])
    except OSError as error:
        print(error)

# %%
import socket

print("TRIED names")
for name in ("example.com", "localhost.localdomain"):
    try:
        print("it is", socket.getaddrinfo(name, 80))
    except OSError as error:
        print(error)
