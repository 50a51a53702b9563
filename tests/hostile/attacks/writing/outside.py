# /// attack
# title = "Writes outside of its folder: into the course, the grades, the home folder, the packages, the system"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: a program writes where its user may write"
# ///

# %%
import os
import sys

import keras
import numpy

PLACES = [
    "@COURSE@/solutions/01_rank/checks.py", "@CANARY_FILE@", "@CANARY_GRADES@", "@CANARY_STORE@", "@CANARY_HOME_FILE@",
    "@PACKAGE@/judge.py", keras.__file__, numpy.__file__, os.__file__, sys.executable, "/etc/passwd", "/etc/ld.so.cache",
]  # fmt: skip
for path in PLACES:
    for flags in (os.O_WRONLY | os.O_APPEND, os.O_RDWR, os.O_WRONLY | os.O_TRUNC):
        print("TRIED", path, flags)
        try:
            os.close(os.open(path, flags))
            print("BROKE opened to write", path)
        except OSError as error:
            print(error)

# %%
FOLDERS = [
    "@COURSE@", "@OUT@", "@HOME@", "@WORLD@", "@WORLD@/class", "@PACKAGE@", os.path.dirname(keras.__file__), os.path.dirname(os.__file__),
    "/", "/etc", "/usr", "/usr/lib", "/usr/bin", "/var/tmp", "/run", "/proc", "/proc/self", "/sys", "/dev", "/root", "/home", "/opt",
]  # fmt: skip
for folder in FOLDERS:
    for what, make in {"file": lambda p: os.close(os.open(p, os.O_CREAT | os.O_WRONLY)), "folder": os.mkdir, "link": lambda p: os.symlink("/", p), "fifo": os.mkfifo}.items():
        path = f"{folder}/@MARK@{what}"
        print("TRIED", path)
        try:
            make(path)
            print("BROKE made", path)
        except OSError as error:
            print(error)
