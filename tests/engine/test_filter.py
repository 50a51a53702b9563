"""Every system call that the filter is to refuse is refused, and what a program needs is not."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import platform
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from grader.engine import linux, seccomp

pytestmark = pytest.mark.skipif(platform.machine() not in seccomp._ARCHES, reason="no table of system calls")
COLUMN = list(seccomp._ARCHES).index(platform.machine()) if platform.machine() in seccomp._ARCHES else 0
BAD = -1


def confined(what: Callable[[], Any], *codes: bytes) -> Any:
    """What ``what`` gives in a child under these filters; the name of its error where it raises OSError."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
            for code in codes or (seccomp.program(),):
                seccomp.apply(code)
            try:
                said = what()
            except OSError as error:
                said = errno.errorcode[error.errno or 0]
            os.write(writing, json.dumps(said).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as file:
        data = file.read()
    assert os.waitpid(pid, 0)[1] == 0
    return json.loads(data)


def call(number: int, *arguments: int) -> int:
    """A system call -> its error number, or 0."""
    libc = ctypes.CDLL(None, use_errno=True)
    ctypes.set_errno(0)
    result = libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) for a in arguments))
    return ctypes.get_errno() if result < 0 else 0


def test_every_call_on_the_list_is_refused() -> None:
    names = {name: pair[COLUMN] for name, pair in seccomp._DENIED.items() if pair[COLUMN] is not None}
    gave = confined(lambda: {name: call(number, BAD, BAD, BAD, BAD, BAD, BAD) for name, number in names.items()})
    assert {name: number for name, number in gave.items() if number != errno.EPERM} == {}


def test_what_landlock_does_not_know_is_pretended(tmp_path: Any) -> None:
    path = tmp_path / "file"
    path.write_text("x")
    before = path.stat()

    def tries() -> list[None]:
        os.setxattr(path, "user.x", b"x")
        fd = os.open(path, os.O_RDONLY)
        return [os.chmod(path, 0), os.utime(path, (0, 0)), os.chown(path, 1, 1), os.fchmod(fd, 0), os.fchown(fd, 1, 1)]

    assert confined(tries, seccomp.of_owners()) == [None] * 5
    after = path.stat()
    assert (after.st_mode, after.st_uid, after.st_mtime) == (before.st_mode, before.st_uid, before.st_mtime)
    assert os.listxattr(path) == []


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (lambda: socket.socket(socket.AF_UNIX), "EAFNOSUPPORT"),
        (lambda: socket.socket(socket.AF_INET), "EAFNOSUPPORT"),
        (lambda: socket.socketpair(socket.AF_INET), "EAFNOSUPPORT"),
        (lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM), "EPROTONOSUPPORT"),
        (lambda: socket.socketpair(socket.AF_UNIX, socket.SOCK_RAW), "EPROTONOSUPPORT"),
        (lambda: linux.prctl(linux.PR_SET_DUMPABLE, 0), "EPERM"),
        (lambda: linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 0), "EPERM"),
        (lambda: linux.prctl(linux.PR_SCHED_CORE, 1), "EPERM"),
        (lambda: resource.prlimit(os.getppid(), resource.RLIMIT_CPU), "EPERM"),
        (lambda: os.setpriority(os.PRIO_PROCESS, os.getppid(), 19), "EPERM"),
        (lambda: os.setpriority(os.PRIO_PGRP, 0, 19), "EPERM"),
        (lambda: os.setpriority(os.PRIO_USER, 0, 19), "EPERM"),
        (lambda: os.sched_setaffinity(os.getppid(), {0}), "EPERM"),
        (lambda: fcntl.fcntl(os.open(__file__, os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_RDLCK), "EPERM"),
        (lambda: fcntl.fcntl(os.open("/", os.O_RDONLY), fcntl.F_NOTIFY, 1), "EPERM"),
        (lambda: fcntl.ioctl(0, 0x5412, b"x"), "EPERM"),
        (lambda: fcntl.ioctl(0, 0x541C, b"x"), "EPERM"),
        (lambda: fcntl.ioctl(os.open(__file__, os.O_RDONLY), 0x80086601, bytes(8)), "ENOTTY"),
        (lambda: linux.syscall(seccomp._CLONE3[COLUMN], 0, 0), "ENOSYS"),
        *(
            (lambda flags=flags: linux.syscall(seccomp._CLONE[COLUMN], flags | signal.SIGCHLD, 0, 0, 0, 0), "EPERM")
            for flags in (0x14900, 0x8000, 0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x4000000, 0x2000000)
        ),
    ],
)
def test_a_call_is_refused_for_what_it_asks(what: Callable[[], Any], said: str) -> None:
    assert confined(what) == said


def test_the_end_of_children_cannot_be_ignored() -> None:
    """What nobody waits for is taken out of every account of computing time."""

    def tries() -> list[int]:
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        pid = os.fork()
        if pid == 0:
            os._exit(7)
        return list(os.waitpid(pid, 0)[1:])

    assert confined(tries) == [7 << 8]


def test_what_a_program_needs_is_allowed() -> None:
    def needs() -> list[Any]:
        one, other = socket.socketpair()
        one.sendall(b"x")
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        os.nice(1)
        os.sched_setaffinity(0, os.sched_getaffinity(0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        fcntl.fcntl(one, fcntl.F_SETFL, os.O_NONBLOCK)
        done = subprocess.run([sys.executable, "-c", "print(1)"], capture_output=True, text=True, check=False)
        return [other.recv(1).decode(), os.isatty(0) in (True, False), done.stdout]

    assert confined(needs) == ["x", True, "1\n"]


def test_a_machine_without_a_table_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "machine", lambda: "pdp11")
    for make in (seccomp.program, seccomp.of_owners):
        with pytest.raises(OSError, match="no table of system calls for pdp11"):
            make()
