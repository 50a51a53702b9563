"""One trial for each layer of isolation; each is to be run in a child of its own, which it confines."""

from __future__ import annotations

import errno
import os
import resource
import socket
from collections.abc import Callable
from functools import partial

from grader.engine import environment, landlock, linux, namespaces, processes, sandbox, seccomp
from grader.engine.limits import Limits
from grader.engine.linux import Clone
from grader.engine.tiers import OK, Missing, Tier, attempt

_NOBODY = 65534


def _namespaces() -> None:
    """All at once, as the strict tier wants them, and a root of its own in them."""
    try:
        namespaces.enter()
    except OSError as error:
        raise Missing(f"new namespaces: {error}") from None
    words = attempt(_first_process)  # the next child is the first one of the new pid namespace
    if words != OK:
        raise Missing(f"mounts in the new namespace: {words}")


def _first_process() -> None:
    if os.getpid() != 1:
        raise Missing("the new pid namespace shows other processes")
    namespaces.build_root(environment.readable_paths(), environment.hidden_paths(), scratch_mb=1)
    sandbox.drop_privileges(sandbox.lesser_user(Tier.STRICT, _NOBODY))


def _namespace(kind: Clone) -> None:
    """One kind alone. Where we do not own the machine it needs a user namespace around it."""
    around = Clone(0) if namespaces.owns_machine() else Clone.NEWUSER
    linux.unshare(around | kind)


def _landlock() -> None:
    version = landlock.version()
    if not landlock.scopes():
        raise Missing(f"Landlock is there, but its version {version} does not keep signals inside; version 6 does")
    readable = environment.readable_paths()
    sandbox.drop_privileges(sandbox.lesser_user(Tier.LANDLOCK, _NOBODY), readable)
    landlock.apply(readable, [])
    with open(os.__file__, "rb"):  # can an unprivileged user read the Python environment at all?
        pass
    try:
        os.listdir("/")
    except PermissionError:
        return
    raise Missing("the root folder can still be listed")


def _seccomp() -> None:
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.apply(seccomp.program())
    try:
        socket.socket(socket.AF_INET).close()
    except OSError as error:
        if error.errno == errno.EAFNOSUPPORT:
            return
        raise
    raise Missing("a network socket can still be made")


def _pidfd() -> None:
    """Handles of processes: for them, a process that has ended is never taken for another."""
    handle = os.pidfd_open(os.getpid())
    signal_0 = 0
    linux.syscall(424, handle, signal_0, None, 0)  # pidfd_send_signal, the same number on every machine
    os.close(handle)


def _capabilities() -> None:
    sandbox.drop_privileges(sandbox.lesser_user(Tier.LANDLOCK, _NOBODY))
    status = processes.read("/proc/self/status")
    kept = [line.decode() for line in status.splitlines() if line.startswith((b"CapEff", b"CapPrm"))]
    if any(int(line.split()[1], 16) for line in kept):
        raise Missing("; ".join(kept))


def _rlimits() -> None:
    sandbox.set_limits(Limits(), 0)
    unbounded = [
        name
        for name in ("RLIMIT_FSIZE", "RLIMIT_NOFILE", "RLIMIT_NPROC", "RLIMIT_DATA", "RLIMIT_CPU")
        if resource.getrlimit(getattr(resource, name))[1] == resource.RLIM_INFINITY
    ]
    if unbounded:
        raise Missing(f"not bounded: {', '.join(unbounded)}")


def _proc() -> None:
    """What the watch over a kernel reads: its children, and what they compute."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    # it may have ended by now; it stays a child until we have waited for it
    seen = processes.tree(os.getpid())
    os.waitpid(pid, 0)
    if pid not in seen:
        raise Missing("/proc does not tell the children of a process")
    if not processes.read(f"/proc/self/task/{os.getpid()}/schedstat"):
        raise Missing("/proc does not tell how long a thread ran")


LAYERS: dict[str, Callable[[], None]] = {
    "namespaces": _namespaces,
    "landlock": _landlock,
    "seccomp": _seccomp,
    "pidfd": _pidfd,
}
"""What decides the tier."""

DETAILS: dict[str, Callable[[], None]] = {
    "user": partial(_namespace, Clone.NEWUSER),
    "mount": partial(_namespace, Clone.NEWNS),
    "pid": partial(_namespace, Clone.NEWPID),
    "net": partial(_namespace, Clone.NEWNET),
    "ipc": partial(_namespace, Clone.NEWIPC),
    "uts": partial(_namespace, Clone.NEWUTS),
    "cgroup": partial(_namespace, Clone.NEWCGROUP),
    "capabilities": _capabilities,
    "rlimits": _rlimits,
    "proc": _proc,
}
"""For whoever wants to know more."""
