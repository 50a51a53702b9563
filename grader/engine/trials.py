"""One trial for each layer of isolation; each is to be run in a child of its own, which it confines."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable

from grader.engine import environment, landlock, linux, namespaces, seccomp

_NOBODY = 65534


def _namespaces() -> None:
    namespaces.enter()
    pid = os.fork()
    if pid == 0:
        try:
            namespaces.build_root(environment.readable_paths(), environment.hidden_paths(), scratch_mb=1)
        except OSError as error:
            os._exit(min(error.errno or 1, 255))
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code:
        raise OSError(code, f"mounts in the new namespace: {os.strerror(abs(code))}")


def _landlock() -> None:
    if not landlock.scopes():
        raise OSError(errno.ENOSYS, "Landlock is there, but too old to keep signals inside")
    readable = environment.readable_paths()
    if os.geteuid() == 0:
        os.setresuid(_NOBODY, _NOBODY, _NOBODY)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    landlock.apply(readable, [])
    with open(os.__file__, "rb"):  # can an unprivileged user read the Python environment at all?
        pass
    try:
        os.listdir("/")
    except PermissionError:
        return
    raise OSError("the root folder can still be listed")


def _seccomp() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.apply(seccomp.program())
    try:
        socket.socket(socket.AF_INET).close()
    except OSError as error:
        if error.errno == errno.EAFNOSUPPORT:
            return
        raise
    raise OSError("a network socket can still be made")


def _pidfd() -> None:
    os.close(os.pidfd_open(os.getpid()))


LAYERS: dict[str, Callable[[], None]] = {
    "namespaces": _namespaces,
    "landlock": _landlock,
    "seccomp": _seccomp,
    "pidfd": _pidfd,
}
