# /// attack
# title = "Lists the processes of this machine"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: /proc shows every process"
# ///

# %%
import glob
import os
import subprocess

print("TRIED /proc")
try:
    for pid in filter(str.isdigit, os.listdir("/proc")):
        name = open(f"/proc/{pid}/cmdline").read().replace("\0", " ")
        if int(pid) != os.getpid() and name:
            print("BROKE sees", pid, name)
except OSError as error:
    print(error)

# %%
print("TRIED what /proc says of those whose numbers I know")
for pid in ("@GRADER_PID@", "@ZYGOTE_PID@", "@JUDGE_PID@", "@KERNEL_PID@"):
    if pid == str(os.getpid()):
        continue
    for file in ("comm", "stat", "status", "cmdline", "cgroup", "mountinfo", "task", "net/unix", "sched"):
        try:
            path = f"/proc/{pid}/{file}"
            print("BROKE read", path, os.listdir(path) if file == "task" else open(path).read(20))
        except OSError as error:
            print(error)

# %%
print("TRIED ps")
try:
    done = subprocess.run(["ps", "-e"], capture_output=True, text=True, timeout=2)
    if len(done.stdout.splitlines()) > 4:
        print("BROKE ps lists", len(done.stdout.splitlines()))
except (OSError, subprocess.SubprocessError) as error:
    print(error)
