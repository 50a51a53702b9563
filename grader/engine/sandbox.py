"""Confines the calling process for good. To be called in a forked child with one thread, before any code of a learner."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import struct
from dataclasses import dataclass

from grader.engine import landlock, linux, namespaces, seccomp
from grader.engine.limits import THREADS_OF_OURS, Limits
from grader.engine.tiers import Tier

_MB = 1 << 20
_CAPABILITIES = 64
_FILE_MB = 256


@dataclass(frozen=True)
class Confinement:
    """What confines one kernel; made in the zygote, applied in its child."""

    tier: Tier
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    scratch: str  # the folder to write; in the strict tier it is made anew
    uid: int | None  # an unprivileged user of its own, where we are root
    tasks_before: int  # threads that this user runs already: all of them count towards the limit of one
    limits: Limits
    filter: bytes  # of system calls


def confine(how: Confinement) -> None:
    """Applies every layer of the tier. Raises OSError where a layer cannot be had."""
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    if how.tier is Tier.STRICT:
        namespaces.build_root(how.readable, how.hidden, how.limits.scratch_mb)
    set_limits(how.limits, how.tasks_before)
    if how.tier is not Tier.PROCESS:
        drop_privileges(how.uid)
        landlocked(how)
        seccomp.apply(how.filter)
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else the program cannot read its own /proc/self
    os.chdir(how.scratch)


def landlocked(how: Confinement) -> None:
    """Landlock is a second wall in the strict tier, where it may be missing; alone it must hold."""
    scratch = [how.scratch, "/dev/null", "/dev/zero"]
    if how.tier is Tier.STRICT:
        with contextlib.suppress(OSError):
            landlock.apply([*how.readable, "/proc", "/dev"], [*scratch, "/tmp", "/dev/shm"])  # noqa: S108
        return
    landlock.apply([*how.readable, "/proc", "/dev/full", "/dev/random", "/dev/urandom"], scratch)


def set_limits(limits: Limits, tasks_before: int) -> None:
    """Resource limits, as hard ones."""
    bound_data(limits.memory_mb + 512)
    wanted = {
        resource.RLIMIT_FSIZE: min(_FILE_MB, limits.scratch_mb) * _MB,
        resource.RLIMIT_NOFILE: 1024,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: tasks_before + limits.processes + THREADS_OF_OURS,
        resource.RLIMIT_CPU: int(10 * limits.exercise_s) + 60,
    }
    for kind, value in wanted.items():
        _bound(kind, value)


def bound_data(more_mb: int) -> None:
    """So much memory of its own may this process take beyond what it has."""
    _bound(resource.RLIMIT_DATA, _data_bytes() + more_mb * _MB)


def _bound(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    most = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (most, most))


def _data_bytes() -> int:
    with open("/proc/self/status", encoding="ascii") as file:
        line = next(line for line in file if line.startswith("VmData"))
    return int(line.split()[1]) * 1024


def drop_privileges(uid: int | None) -> None:
    """No capabilities, no way to gain them; another user where we are root."""
    with contextlib.suppress(OSError):  # the last one is the last that this kernel knows; without privileges none
        for capability in range(_CAPABILITIES):
            linux.prctl(linux.PR_CAPBSET_DROP, capability)
    if uid is not None:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # a change of user has cleared it
    version_3 = 0x20080522
    linux.syscall(linux.number_of(126, 91), struct.pack("Ii", version_3, 0), bytes(24))
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
