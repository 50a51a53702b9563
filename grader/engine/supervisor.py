"""Stands between the zygote and one kernel: makes its namespaces, watches memory, and leaves nothing behind.

It is no judge: it reports how the kernel ended and what it used. It goes on until the kernel dies, or whoever it is for:
the zygote while the kernel waits for a session, then the session's judge.
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
from typing import Any

from grader.engine import folders, framing, linux, namespaces, processes, workplace
from grader.engine.limits import SCARCE, THREADS_OF_OURS, Limits
from grader.engine.tiers import Tier

_EVERY_MS = 100
_SWEEPS = 500
_LEAST_NICE = 19


@dataclass(frozen=True)
class Charge:
    """What a supervisor is to look after."""

    tier: Tier
    uid: int | None
    humble: bool  # the kernel warms up with the lowest priority; only where we may raise it again

    @property
    def shares_its_user(self) -> bool:
        """Whether threads of others count towards the kernel's limit of them."""
        return self.uid is None or self.tier is Tier.PROCESS


@dataclass(frozen=True)
class Kernel:
    """The one child, and the socket to it: it hears of its session there, and says there that it is ready, or why not."""

    pid: int
    pidfd: int
    line: socket.socket


def supervise(orders: socket.socket, charge: Charge, kernel: Callable[[str, socket.socket], None]) -> None:
    """Forks ``kernel`` (which gets its scratch folder and a socket, and never returns), and stays until its end.

    ``orders`` gives one order: {"limits"}, with a control socket and the files that are the kernel's. Sends over control:
    {"pid"} with the pidfd; {"ready"} or {"error"}; at the end {"ended": why, "status", "peak_mb", "cpu_s"}.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    scratch = ""
    try:
        scratch = namespaces.SCRATCH if charge.tier is Tier.STRICT else workplace.make("scratch")
        if charge.tier is Tier.STRICT:
            namespaces.enter()
        elif charge.uid is not None and charge.tier is not Tier.PROCESS:
            os.chown(scratch, charge.uid, charge.uid, follow_symlinks=False)
        child = _fork(charge, kernel, scratch)
    except OSError as error:
        _excuse(orders, f"{charge.tier}: {error}")
    else:
        _attend(orders, charge, child, scratch)
    finally:
        if scratch not in ("", namespaces.SCRATCH):  # what has that name out here is not ours
            folders.remove(scratch)


def _fork(charge: Charge, kernel: Callable[[str, socket.socket], None], scratch: str) -> Kernel:
    me = os.pidfd_open(os.getpid())
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    pid = os.fork()
    if pid == 0:
        linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
        if not select.select([me], [], [], 0)[0]:  # else we were killed before it could be told
            if charge.humble:
                os.nice(_LEAST_NICE)
            kernel(scratch, theirs)
        os._exit(1)
    os.close(me)
    theirs.close()
    return Kernel(pid, os.pidfd_open(pid), ours)


def _attend(orders: socket.socket, charge: Charge, child: Kernel, scratch: str) -> None:
    """Waits for the order, then watches; whatever happens, nothing of the kernel is left."""
    control = None
    why, peak_mb, warm_s = "", 0, 0.0
    try:
        order, control, fds = _next_order(orders, child)
        if control is not None:
            warm_s = processes.activity([child.pid]).cpu_s  # what it took before is no learner's to pay
            limits = Limits(**order["limits"])
            _hand_over(control, charge, child, fds)
            why, peak_mb = _watch(control, limits, child, scratch)
    finally:
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(child.pidfd, signal.SIGKILL)
        with contextlib.suppress(ProcessLookupError):  # it had not come to lead a group yet
            os.killpg(child.pid, signal.SIGKILL)  # hundreds at once; its number is nobody else's before we wait for it
        _, status, used = os.wait4(child.pid, 0)
        _sweep()
    if control is not None:
        said = _said(child)  # its last words may still lie there
        if said is not None:
            _tell(control, said)
        cpu_s = max(used.ru_utime + used.ru_stime - warm_s, 0)
        _tell(control, {"ended": why, "status": status, "peak_mb": peak_mb, "cpu_s": cpu_s})


def _next_order(orders: socket.socket, child: Kernel) -> tuple[dict[str, Any], socket.socket | None, list[int]]:
    """The order; no control socket where nobody will ever want this kernel: it has died, or the zygote has."""
    come, _, _ = select.select([orders.fileno(), child.pidfd], [], [])
    if orders.fileno() not in come:
        said = _said(child)
        if said is not None:
            _excuse(orders, str(said.get("error")))
        return {}, None, []
    return _order(orders)


def _order(orders: socket.socket) -> tuple[dict[str, Any], socket.socket | None, list[int]]:
    order, fds = framing.receive_fds(orders)
    orders.close()  # from now on it lives for its judge
    return (order, socket.socket(fileno=fds[0]), fds[1:]) if order is not None else ({}, None, [])


def _excuse(orders: socket.socket, error: str) -> None:
    """There is no kernel: tells whoever asks for it why."""
    _, control, _ = _order(orders)
    if control is not None:
        _tell(control, {"error": error})


def _hand_over(control: socket.socket, charge: Charge, child: Kernel, fds: list[int]) -> None:
    """Gives the kernel its session; from now on it works like anybody else."""
    for thread in processes.threads(child.pid):
        with contextlib.suppress(OSError):  # the thread has ended, or never was humble
            os.setpriority(os.PRIO_PROCESS, int(thread), os.getpriority(os.PRIO_PROCESS, 0))
    _tell(control, {"pid": child.pid}, [child.pidfd])
    # leave room for what others may start meanwhile
    tasks = 2 * processes.tasks_of(os.getuid()) if charge.shares_its_user else 0
    _tell(child.line, {"tasks": tasks}, fds)
    for fd in fds:
        os.close(fd)


def _said(child: Kernel) -> dict[str, Any] | None:
    """What the kernel has to say, if anything."""
    if not select.select([child.line], [], [], 0)[0]:
        return None
    return framing.receive_fds(child.line)[0]


def _watch(control: socket.socket, limits: Limits, child: Kernel, scratch: str) -> tuple[str, int]:
    """Until the kernel ends, or has to -> (which limit was reached, or "", the most memory seen)."""
    poll = select.poll()
    poll.register(child.pidfd, select.POLLIN)
    poll.register(control, select.POLLIN)  # readable when the judge hangs up; it never sends anything
    poll.register(child.line, select.POLLIN)
    peak_mb, rounds = 0, 0
    while True:
        came = {fd for fd, _ in poll.poll(_EVERY_MS)}
        if came & {child.pidfd, control.fileno()}:
            return "", peak_mb
        if came:
            said, _ = framing.receive_fds(child.line)
            poll.unregister(child.line)  # it says one thing, before any code of a learner runs
            if said is not None:
                _tell(control, said)
            continue
        rounds += 1
        why, used_mb = _reached(limits, child.pid, scratch if rounds % 5 == 0 else "")
        peak_mb = max(peak_mb, used_mb)
        if why:
            return why, peak_mb


def _reached(limits: Limits, pid: int, scratch: str) -> tuple[str, int]:
    """Which limit is reached, or "", and the memory in use."""
    family = processes.tree(pid)
    beside_mb = processes.kernel_mb(family)
    used_mb = processes.resident_mb(family) + beside_mb
    if used_mb > limits.memory_mb * SCARCE:  # from here on it is worth to know it exactly
        used_mb = processes.own_mb(family) + beside_mb
    if used_mb > limits.memory_mb:
        return "memory", used_mb
    if len(family) > limits.processes + THREADS_OF_OURS:  # where the system's own limit is not ours alone
        return "processes", used_mb
    if scratch not in ("", namespaces.SCRATCH) and folders.too_full(scratch, family, limits.scratch_mb):
        return "disk", used_mb
    return "", used_mb


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


def _tell(port: socket.socket, message: dict[str, Any], fds: list[int] | None = None) -> None:
    with contextlib.suppress(OSError):
        framing.send_fds(port, message, fds or [])
