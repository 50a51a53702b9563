# /// attack
# title = "Writes settings of the system through /proc and /sys, and of its own confinement"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: as root it would change settings of the machine"
# ///

# %%
import glob

for path in [
    "/proc/sys/kernel/hostname", "/proc/sys/kernel/core_pattern", "/proc/sys/vm/overcommit_memory", "/proc/sys/fs/file-max",
    "/proc/sysrq-trigger", "/proc/self/uid_map", "/proc/self/setgroups", "/proc/self/attr/current",
    "/proc/@ZYGOTE_PID@/oom_score_adj", "/proc/@GRADER_PID@/oom_score_adj", "/proc/@GRADER_PID@/comm",
    *glob.glob("/sys/devices/system/cpu/cpu*/online"), "/sys/power/state", "/sys/fs/cgroup/cgroup.procs",
]:  # fmt: skip
    print("TRIED", path)
    try:
        with open(path, "r+") as file:
            file.write(file.read() or "0")
        print("BROKE wrote", path)
    except (OSError, ValueError) as error:
        print(error)
