"""Landlock: which files a process may open, for good. Needs no privileges. Linux 5.13 and later.

The package `landlock` on PyPI was read for this: it wraps the same three system calls with ctypes, stops at version 4 of the
interface, and so lacks the two scopes of version 6 (signals, abstract sockets) on which our tier stands. With them it would
be as long as this file.

What Landlock does not know: it decides on opening, not on looking. Names, sizes and times of files can be asked for (stat),
numbers of processes can be counted. Modes, owners, times and attributes of files are left to `seccomp.of_owners`, sockets
with a path to `seccomp.program`.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable

from grader.engine import linux

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # the same numbers on every machine
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK = 1 << 6, 1 << 11
_REFER, _TRUNCATE, _IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15
_FIRST_RIGHTS = (1 << 13) - 1
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL_DEV
_SCOPED_SINCE = 6
_TCP_SINCE = 4


class _Ruleset(ctypes.Structure):
    _fields_ = [("fs", ctypes.c_uint64), ("net", ctypes.c_uint64), ("scoped", ctypes.c_uint64)]


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("access", ctypes.c_uint64), ("fd", ctypes.c_int32)]


def version() -> int:
    """The version of Landlock's interface in this kernel. Raises OSError where there is none."""
    flag_version = 1
    return linux.syscall(_CREATE_RULESET, None, 0, flag_version)


def scopes() -> bool:
    """Whether it also keeps signals and abstract sockets inside."""
    return version() >= _SCOPED_SINCE


def own_proc() -> list[str]:
    """What a program may read of /proc: itself and the machine; no other process, whose command line names files.

    The folder of this process is opened and stays so: its rule holds as long as the kernel remembers that very folder.
    """
    own = f"/proc/{os.getpid()}"
    os.open(own, os.O_PATH | os.O_CLOEXEC)
    machine = ("cpuinfo", "meminfo", "stat", "version", "loadavg", "uptime", "filesystems", "sys")
    return [own, *(f"/proc/{name}" for name in machine)]


def apply(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Only ``readable`` and ``writable`` paths from now on, no TCP, no signals to others. Raises OSError."""
    abi = version()
    handled = _handled_rights(abi)
    everything = 0b11  # TCP bind and connect; abstract sockets and signals
    attributes = _Ruleset(handled, everything if abi >= _TCP_SINCE else 0, everything if abi >= _SCOPED_SINCE else 0)
    size = 24 if abi >= _SCOPED_SINCE else 16 if abi >= _TCP_SINCE else 8
    ruleset = linux.syscall(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
    try:
        for path in readable:
            _allow(ruleset, path, _READ & handled)
        for path in writable:
            _allow(ruleset, path, handled & ~(_MAKE_CHAR | _MAKE_BLOCK))
        linux.syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _handled_rights(abi: int) -> int:
    since = {2: _REFER, 3: _TRUNCATE, 5: _IOCTL_DEV}
    return _FIRST_RIGHTS | sum(right for first, right in since.items() if abi >= first)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        beneath = _PathBeneath(rights if os.path.isdir(path) else rights & _OF_FILES, fd)
        path_beneath = 1
        linux.syscall(_ADD_RULE, ruleset, path_beneath, ctypes.byref(beneath), 0)
    finally:
        os.close(fd)
