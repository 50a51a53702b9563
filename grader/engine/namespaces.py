"""Own namespaces and an own root: the learner's program sees the Python environment, its scratch folder, and no more.

bubblewrap does this well, and is a program: it starts another, where we must confine a process that exists already, forked
with TensorFlow loaded. Starting Python anew inside of it would cost the 6 seconds that forking saves. It is not on learners'
machines either, and wants to be set-uid where user namespaces are closed. What it does was read and followed: private
propagation first, binds by open files and not by paths, read-only by mount_setattr for all mounts below, pivot_root and
the old root let go, a new /proc, no set-uid and no devices anywhere.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence

from grader.engine import linux
from grader.engine.linux import Clone, Mount

SCRATCH = "/scratch"
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_SAFE = Mount.NOSUID | Mount.NODEV
_TMP_MB = 64
_SETGID, _SETUID, _SYS_ADMIN = 6, 7, 21  # capabilities


def owns_machine() -> bool:
    """Whether this process is root of the first user namespace (or of one as wide), with the right to make others."""
    with open("/proc/self/uid_map", encoding="utf-8") as file:
        return os.geteuid() == 0 and file.read().split()[:2] == ["0", "0"] and _has(_SYS_ADMIN)


def may_become(uid: int) -> bool:
    """Whether this process may become that user: root of a user namespace knows few of them."""
    return os.geteuid() == 0 and _has(_SETGID) and _has(_SETUID) and _knows("uid", uid) and _knows("gid", uid)


def _has(capability: int) -> bool:
    with open("/proc/self/status", encoding="utf-8", errors="replace") as file:
        line = next(line for line in file if line.startswith("CapEff"))
    return bool(int(line.split()[1], 16) >> capability & 1)


def _knows(kind: str, number: int) -> bool:
    with open(f"/proc/self/{kind}_map", encoding="utf-8") as file:
        ranges = [line.split() for line in file]
    return any(int(first) <= number < int(first) + int(count) for first, _, count in ranges)


def enter() -> None:
    """New namespaces for this process; its next child is the first process of the new pid namespace. Raises OSError."""
    uid, gid, root = os.getuid(), os.getgid(), owns_machine()
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else /proc/self/uid_map belongs to root
    flags = Clone.NEWPID | Clone.NEWNET | Clone.NEWIPC | Clone.NEWUTS | Clone.NEWCGROUP
    linux.unshare(flags if root else flags | Clone.NEWUSER)
    if not root:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{uid} {uid} 1")
        _write("/proc/self/gid_map", f"{gid} {gid} 1")


def _write(path: str, text: str) -> None:
    fd = os.open(path, os.O_WRONLY)
    try:
        os.write(fd, text.encode())
    finally:
        os.close(fd)


def build_root(readable: Sequence[str], hidden: Sequence[str], scratch_mb: int) -> None:
    """A root of its own in memory: ``readable`` paths read-only, `SCRATCH` and /tmp to write. Raises OSError.

    Folders that are ``hidden`` lie inside readable ones and show empty.
    """
    linux.unshare(Clone.NEWNS)
    linux.mount(None, "/", None, Mount.REC | Mount.PRIVATE)
    links = {p: os.readlink(p) for p in readable if os.path.islink(p)}
    sources = {p: os.open(p, os.O_PATH | os.O_CLOEXEC) for p in (*readable, *_DEVICES) if p not in links}
    new = "/tmp"  # noqa: S108 - any folder that exists will do, it is covered by the mount
    linux.mount("tmpfs", new, "tmpfs", _SAFE, "size=8m,mode=755")
    for folder, size_mb in (("/tmp", _TMP_MB), ("/dev/shm", _TMP_MB), (SCRATCH, scratch_mb)):  # noqa: S108
        os.makedirs(new + folder, exist_ok=True)
        linux.mount("tmpfs", new + folder, "tmpfs", _SAFE, f"size={size_mb}m,nr_inodes=50k,mode=1777")
    for path, target in links.items():
        os.makedirs(os.path.dirname(new + path), exist_ok=True)
        os.symlink(target, new + path)
    for path, fd in sorted(sources.items()):
        _bind(fd, new + path, read_only=path not in _DEVICES)
        os.close(fd)
    for path in hidden:
        linux.mount("tmpfs", new + path, "tmpfs", _SAFE | Mount.RDONLY, "size=4k,mode=755")
    _finish(new)


def _bind(fd: int, target: str, *, read_only: bool) -> None:
    if stat.S_ISDIR(os.fstat(fd).st_mode):
        os.makedirs(target, 0o755, exist_ok=True)
    else:
        os.makedirs(os.path.dirname(target), 0o755, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o644))
    linux.mount(f"/proc/self/fd/{fd}", target, None, Mount.BIND | Mount.REC)
    if read_only:
        linux.make_read_only(target)


def _finish(new: str) -> None:
    for name, target in (
        ("fd", "/proc/self/fd"),
        ("stdin", "/proc/self/fd/0"),
        ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ):
        os.symlink(target, f"{new}/dev/{name}")
    os.makedirs(new + "/proc", exist_ok=True)
    linux.mount("proc", new + "/proc", "proc", _SAFE | Mount.NOEXEC)
    os.chdir(new)
    linux.pivot_here()
    linux.mount(None, "/", None, Mount.REMOUNT | Mount.BIND | Mount.RDONLY | _SAFE)
    linux.sethostname("gradetape")
