"""Confines the calling process for good. To be called in a forked child with one thread, before any code of a learner."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from grader.engine import landlock, linux, namespaces, seccomp
from grader.engine.limits import FILES, THREADS_OF_OURS, Limits
from grader.engine.tiers import Tier

_MB = 1 << 20
_CAPABILITIES = 64
_READ_SEARCH = 2  # CAP_DAC_READ_SEARCH
_FILE_MB = 256


@dataclass(frozen=True)
class Confinement:
    """What confines one kernel; made in the zygote, applied in its child."""

    tier: Tier
    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    scratch: str  # the folder to write; in the strict tier it is made anew
    uid: int | None  # an unprivileged user of its own, where we are root
    scratch_mb: int
    filter: bytes  # of system calls


def confine(how: Confinement) -> None:
    """Applies every layer of the tier but `set_limits`, which has to know the session. Raises OSError where one cannot be had."""
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()  # signals to its own group reach nobody else; a scheduler that is fair to sessions is fair to the supervisor
    if how.tier is Tier.STRICT:
        namespaces.build_root(how.readable, how.hidden, how.scratch_mb)
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)  # orphans stay below the kernel, where they are counted
    if how.tier is not Tier.PROCESS:
        drop_privileges(how.uid, how.readable if how.tier is Tier.LANDLOCK else ())
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else the program cannot read its own /proc/self
    os.chdir(how.scratch)
    if how.tier is not Tier.PROCESS:
        landlocked(how)
        seccomp.apply(how.filter)
    if how.tier is Tier.LANDLOCK:
        seccomp.apply(seccomp.of_owners())


def landlocked(how: Confinement) -> None:
    """Landlock is a second wall in the strict tier, where it may be missing; alone it must hold."""
    scratch = [how.scratch, "/dev/null", "/dev/zero"]
    if how.tier is Tier.STRICT:
        with contextlib.suppress(OSError):
            landlock.apply([*how.readable, "/proc", "/dev"], [*scratch, "/tmp", "/dev/shm"])  # noqa: S108
        return
    landlock.apply([*how.readable, *landlock.own_proc(), "/dev/full", "/dev/random", "/dev/urandom"], scratch)


def set_limits(limits: Limits, tasks_before: int) -> None:
    """Resource limits, as hard ones; ``tasks_before``: threads that this user runs already, all count towards the limit of one."""
    bound_data(limits.memory_mb + 512)
    wanted = {
        resource.RLIMIT_FSIZE: min(_FILE_MB, limits.scratch_mb) * _MB,
        resource.RLIMIT_NOFILE: FILES,
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
    with open("/proc/self/status", encoding="utf-8") as file:
        line = next(line for line in file if line.startswith("VmData"))
    return int(line.split()[1]) * 1024


def lesser_user(tier: Tier, uid: int) -> int | None:
    """``uid`` where we are root and can become that user; else None, and the program stays who we are, without rights.

    In the strict tier whoever does not own the machine has a user namespace around, which knows one user.
    """
    return uid if namespaces.may_become(uid) and (tier is not Tier.STRICT or namespaces.owns_machine()) else None


def drop_privileges(uid: int | None, needed: Sequence[str] = ()) -> None:
    """No capabilities, no way to gain them; another user where we are root.

    Where the Python environment lies in a folder that is closed to others, such as /root, another user could not read it.
    Then CAP_DAC_READ_SEARCH is kept, if ``needed`` names the environment, which only the Landlock tier does: Landlock
    decides what may be opened, for the privileged as well, so that behind it this capability opens what is ``needed`` and
    nothing else. open_by_handle_at, the other thing that it allows, is refused by the filter of system calls; it cannot be
    handed on by exec, as the bounding set is empty. What remains is to learn that a file is there (stat).
    """
    with contextlib.suppress(OSError):  # the last one is the last that this kernel knows; without privileges none
        for capability in range(_CAPABILITIES):
            linux.prctl(linux.PR_CAPBSET_DROP, capability)
    if uid is not None:
        linux.prctl(linux.PR_SET_KEEPCAPS, 1)
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        if os.getresuid() != (uid, uid, uid) or os.getresgid() != (uid, uid, uid):
            raise OSError(f"still user {os.getuid()}, not {uid}")
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # a change of user has cleared it
        linux.prctl(linux.PR_SET_KEEPCAPS, 0)
    keep = 0 if uid is None or _all_readable(needed) else 1 << _READ_SEARCH
    version_3 = 0x20080522
    data = struct.pack("6I", keep, keep, 0, 0, 0, 0)  # effective, permitted, inheritable, and the upper halves of these
    linux.syscall(linux.number_of(126, 91), struct.pack("Ii", version_3, 0), data)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)


def _all_readable(paths: Iterable[str]) -> bool:
    """Without any capability: a change of user has made none of them effective."""
    return all(os.access(path, os.R_OK, effective_ids=True) for path in paths)
