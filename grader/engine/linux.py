"""The system calls of Linux that Python's os module lacks, by ctypes. Nothing is loaded at import."""

from __future__ import annotations

import ctypes
import enum
import functools
import os
import platform
import resource

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_KEEPCAPS = 8
PR_CAPBSET_DROP = 24
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_SCHED_CORE = 62


class Clone(enum.IntFlag):
    """Namespaces, by their flags."""

    NEWTIME = 0x80
    NEWNS = 0x20000
    NEWCGROUP = 0x2000000
    NEWUTS = 0x4000000
    NEWIPC = 0x8000000
    NEWUSER = 0x10000000
    NEWPID = 0x20000000
    NEWNET = 0x40000000


class Mount(enum.IntFlag):
    """Flags of mount(2)."""

    RDONLY = 1
    NOSUID = 2
    NODEV = 4
    NOEXEC = 8
    REMOUNT = 32
    BIND = 4096
    REC = 16384
    PRIVATE = 1 << 18


class _MountAttr(ctypes.Structure):
    _fields_ = [
        ("set", ctypes.c_uint64),
        ("clear", ctypes.c_uint64),
        ("propagation", ctypes.c_uint64),
        ("user_ns", ctypes.c_uint64),
    ]


@functools.cache
def _libc() -> ctypes.CDLL:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    return libc


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _path(path: str | None) -> bytes | None:
    return None if path is None else os.fsencode(path)


def number_of(x86_64: int, aarch64: int) -> int:
    """A system call's number on this machine. Raises OSError on any other machine."""
    numbers = {"x86_64": x86_64, "aarch64": aarch64}
    try:
        return numbers[platform.machine()]
    except KeyError:
        raise OSError(f"no table of system calls for {platform.machine()}") from None


def syscall(number: int, *args: object) -> int:
    """Any system call. Raises OSError."""
    return _checked(
        _libc().syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in args)),
        f"syscall {number}",
    )


def prctl(option: int, value: int = 0) -> None:
    """Sets an attribute of this process."""
    arguments = [ctypes.c_ulong(v) for v in (value, 0, 0, 0)]
    _checked(_libc().prctl(ctypes.c_int(option), *arguments), f"prctl {option}")


def unshare(flags: int) -> None:
    """New namespaces for this process."""
    _checked(_libc().unshare(ctypes.c_int(flags)), "unshare")


def mount(source: str | None, target: str, kind: str | None, flags: int, data: str | None = None) -> None:
    """Attaches a file system or a folder."""
    result = _libc().mount(_path(source), _path(target), _path(kind), ctypes.c_ulong(flags), _path(data))
    _checked(result, f"mount {kind or 'bind'} {target}")


def make_read_only(target: str) -> None:
    """The mount and all below it: read-only, no set-uid, no devices. mount_setattr(2)."""
    attributes = _MountAttr(Mount.RDONLY | Mount.NOSUID | Mount.NODEV, 0, 0, 0)
    at_recursive, at_fdcwd = 0x8000, -100
    syscall(442, at_fdcwd, _path(target), at_recursive, ctypes.byref(attributes), ctypes.sizeof(attributes))


def pivot_here() -> None:
    """Makes the current folder the root and lets go of the old one. pivot_root(2)."""
    _checked(_libc().pivot_root(b".", b"."), "pivot_root")
    detach = 2
    _checked(_libc().umount2(b".", detach), "umount2")
    os.chdir("/")


def sethostname(name: str) -> None:
    """The name in this UTS namespace."""
    _checked(_libc().sethostname(name.encode(), len(name)), "sethostname")


def close_all_but(*kept: int) -> None:
    """Closes every open file of this process but the standard ones and ``kept``: a fork hands on all there are."""
    first = 3
    for fd in sorted(kept):
        os.closerange(first, fd)
        first = max(fd + 1, first)
    most, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    os.closerange(first, most)


def may_raise_priority() -> bool:
    """Whether this process may set back a priority that it has lowered: root of the machine, and not one of a container."""
    with open("/proc/self/uid_map", encoding="utf-8") as file:
        whole = file.read().split()[:2] == ["0", "0"]
    with open("/proc/self/status", encoding="utf-8") as file:
        effective = next(int(line.split()[1], 16) for line in file if line.startswith("CapEff"))
    sys_nice = 23
    return whole and bool(effective >> sys_nice & 1)
