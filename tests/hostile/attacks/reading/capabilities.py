# /// attack
# title = "Uses or gains privileges: capabilities kept or inherited, another user, closed folders"
# [tier.process]
# broke = true
# reason = "the process tier changes neither user nor privileges: whoever grades as root runs learners' programs as root"
# ///

# %%
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
status = dict(line.rstrip("\n").split(":\t", 1) for line in open("/proc/self/status") if ":\t" in line)
print("TRIED what I have", {k: v for k, v in status.items() if k.startswith("Cap")}, status["NoNewPrivs"])
held = int(status["CapEff"], 16) | int(status["CapPrm"], 16)
if held & ~(1 << 2):  # reading what is closed to others may be left, where Landlock stands before it
    print("BROKE has capabilities", hex(held))
if int(status["CapInh"], 16) or int(status["CapAmb"], 16) or (held and int(status["CapBnd"], 16)):
    print("BROKE can hand capabilities on")
if status["NoNewPrivs"] != "1":
    print("BROKE may gain privileges by exec")

# %%
import struct

print("TRIED to make what I have inheritable and ambient")
libc.syscall(126, struct.pack("Ii", 0x20080522, 0), struct.pack("6I", held & 0xFFFFFFFF, held & 0xFFFFFFFF, held & 0xFFFFFFFF, 0, 0, 0))
if libc.prctl(47, 2, 2, 0, 0) == 0:  # PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_READ_SEARCH
    print("BROKE has an ambient capability")

# %%
import subprocess

print("TRIED another program")
try:
    done = subprocess.run(["/bin/cat", "@CANARY_FILE@", "/etc/shadow", "/root/.bashrc", "/proc/self/status"], capture_output=True, text=True)
    if "@SECRET@" in done.stdout or "root:" in done.stdout:
        print("BROKE cat read it")
except OSError as error:
    print(error)

# %%
for uid in (0, 1, 60578, 60600, 65534):
    print("TRIED to be", uid)
    if uid != os.getuid():
        try:
            os.setuid(uid)
            print("BROKE is", uid)
        except OSError as error:
            print(error)

# %%
for path in ("/etc/shadow", "/etc/gshadow", "/root", "/var/log", "/boot", "/proc/kcore", "/proc/kallsyms", "/proc/slabinfo", "/proc/kmsg", "/dev/mem", "/dev/kmsg", "/dev/vda", "/sys/kernel/debug", "/sys/fs/cgroup"):
    print("TRIED", path)
    try:
        (os.listdir if os.path.isdir(path) else lambda p: open(p, "rb").read(1) or 1 / 0)(path)
        if path != "/proc/kallsyms":
            print("BROKE read", path)
    except (OSError, ZeroDivisionError) as error:
        print(error)
