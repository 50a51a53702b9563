# /// attack
# title = "Changes modes, owners, times and attributes of files that are not its own, deletes, renames, links and truncates them"
# [tier.process]
# broke = true
# run = false
# reason = "there is no sandbox in this tier: a program changes what its user may change"
# ///

# %%
import os

TARGETS = ["@CANARY_FILE@", "@CANARY_GRADES@", "@CANARY_HOME_FILE@", "@COURSE@/solutions", "@OUT@", "@WORLD@", os.__file__]
WAYS = {
    "chmod": lambda p: os.chmod(p, 0),
    "chown": lambda p: os.chown(p, os.getuid(), os.getgid()),
    "utime": lambda p: os.utime(p, (0, 0)),
    "setxattr": lambda p: os.setxattr(p, "user.x", b"x"),
    "truncate": lambda p: os.truncate(p, 0),
    "unlink": os.unlink,
    "rmdir": os.rmdir,
    "rename": lambda p: os.rename(p, p + "@MARK@"),
    "rename here": lambda p: os.rename(p, "mine"),
    "link": lambda p: os.link(p, p + "@MARK@"),
}
for path in TARGETS:
    before = None
    try:
        before = os.stat(path)
    except OSError:
        pass
    for name, way in WAYS.items():
        print("TRIED", name, path)
        try:
            way(path)
            after = os.stat(path)
        except OSError as error:
            print(error)
            continue
        if before is None or (after.st_mode, after.st_uid, after.st_mtime, after.st_size) != (before.st_mode, before.st_uid, before.st_mtime, before.st_size):
            print("BROKE", name, path)

# %%
print("TRIED by an open file")
try:
    fd = os.open(os.__file__, os.O_RDONLY)
    before = os.fstat(fd)
    os.fchmod(fd, 0o777)
    os.utime(fd, (0, 0))
    if os.fstat(fd).st_mode != before.st_mode or os.fstat(fd).st_mtime != before.st_mtime:
        print("BROKE changed", os.__file__)
except OSError as error:
    print(error)

# %%
import fcntl

print("TRIED a lease, which makes everybody else wait for the file")
try:
    fcntl.fcntl(os.open(os.__file__, os.O_RDONLY), 1024, fcntl.F_RDLCK)
    print("BROKE has a lease")
except OSError as error:
    print(error)
