"""Stands between the zygote and one kernel: makes its namespaces, watches memory, and leaves nothing behind.

It is no judge: it reports how the kernel ended and what it used. It goes on until the kernel dies or its judge does.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass

from grader.engine import folders, framing, linux, namespaces, processes, workplace
from grader.engine.limits import THREADS_OF_OURS, Limits
from grader.engine.tiers import Tier

_EVERY_MS = 100
_SWEEPS = 500


@dataclass(frozen=True)
class Charge:
    """What a supervisor is to look after."""

    tier: Tier
    limits: Limits
    uid: int | None


def supervise(control: socket.socket, charge: Charge, kernel: Callable[[str], None]) -> None:
    """Forks ``kernel`` (which gets its scratch folder and never returns) and stays until its end.

    Sends over ``control``: {"pid"} with the pidfd, or {"error"}; at the end {"ended": why, "status", "peak_mb"}.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    scratch = _make_scratch(charge)
    try:
        if charge.tier is Tier.STRICT:
            namespaces.enter()
        _watch_over(control, charge, kernel, scratch)
    except OSError as error:
        _tell(control, {"error": f"{charge.tier}: {error}"})
    finally:
        if charge.tier is not Tier.STRICT:
            folders.remove(scratch)


def _make_scratch(charge: Charge) -> str:
    if charge.tier is Tier.STRICT:
        return namespaces.SCRATCH
    scratch = workplace.make("scratch")
    if charge.uid is not None and charge.tier is not Tier.PROCESS:
        os.chown(scratch, charge.uid, charge.uid)
    return scratch


def _watch_over(control: socket.socket, charge: Charge, kernel: Callable[[str], None], scratch: str) -> None:
    me = os.pidfd_open(os.getpid())
    pid = os.fork()
    if pid == 0:
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        if not select.select([me], [], [], 0)[0]:  # else we were killed before it could be told
            os.close(me)
            kernel(scratch)
        os._exit(1)
    os.close(me)
    pidfd = os.pidfd_open(pid)
    framing.send_fds(control, {"pid": pid}, [pidfd])
    why, peak_mb = _watch(control, charge, pid, pidfd, scratch)
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
    _, status, used = os.wait4(pid, 0)
    _sweep()
    peak_mb = max(peak_mb, 0)
    _tell(control, {"ended": why, "status": status, "peak_mb": peak_mb, "cpu_s": used.ru_utime + used.ru_stime})


def _watch(control: socket.socket, charge: Charge, pid: int, pidfd: int, scratch: str) -> tuple[str, int]:
    """Until the kernel ends, or has to -> (which limit was reached, or "", the most memory seen)."""
    poll = select.poll()
    poll.register(pidfd, select.POLLIN)
    poll.register(control, select.POLLIN)  # readable when the judge hangs up; it never sends anything
    peak_mb, rounds = 0, 0
    while not poll.poll(_EVERY_MS):
        rounds += 1
        family = processes.tree(pid)
        used_mb = processes.resident_mb(family)
        if used_mb > charge.limits.memory_mb:
            used_mb = processes.own_mb(family)
        peak_mb = max(peak_mb, used_mb)
        if used_mb > charge.limits.memory_mb:
            return "memory", peak_mb
        if len(family) > charge.limits.processes + THREADS_OF_OURS:  # where the system's own limit is not ours alone
            return "processes", peak_mb
        if (
            charge.tier is not Tier.STRICT
            and rounds % 5 == 0
            and folders.too_full(scratch, family, charge.limits.scratch_mb)
        ):
            return "disk", peak_mb
    return "", peak_mb


def _sweep() -> None:
    """Ends what the kernel left behind: its orphans are our children. In an own pid namespace there is none."""
    me = os.getpid()
    for _ in range(_SWEEPS):
        family = processes.tree(me)[1:]
        for pid in family:  # none shall have another child while we are at the next
            processes.keep_from_forking(me, pid)
        for pid in family:
            processes.kill_below(me, pid)
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return
        time.sleep(0.002)


def _tell(control: socket.socket, message: dict[str, object]) -> None:
    with contextlib.suppress(OSError):
        framing.send_fds(control, message)
