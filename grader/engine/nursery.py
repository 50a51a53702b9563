"""Brings up one kernel in a fresh child of the zygote: the supervisor's side and the kernel's side of it.

All that no session decides is done ahead: confinement, the kernel's building, TensorFlow's start. Then it waits, for as
long as it takes, on a socket to its supervisor, for one session: the files to put, the seed, the limits, the sockets.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import signal
import socket
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass

from grader.engine import environment, framing, linux, plant, sandbox, seccomp, supervisor
from grader.engine.pool import Kind
from grader.engine.tiers import Tier

_NULL = "/dev/null"


@dataclass(frozen=True)
class Surroundings:
    """What every kernel is given; worked out once, in the zygote."""

    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    path: tuple[str, ...]  # where a learner's program imports from
    filter: bytes  # of system calls
    ours: tuple[str, ...]  # modules to be taken out of its reach

    @classmethod
    def here(cls) -> Surroundings:
        """Those of this process's Python."""
        path = tuple(environment.learner_path())
        ours = plant.our_modules()
        return cls(environment.readable_paths(), environment.hidden_paths(), path, seccomp.program(), ours)


@dataclass(frozen=True)
class Egg:
    """A kernel that is to be raised."""

    kind: Kind
    uid: int | None
    humble: bool
    around: Surroundings


def raise_kernel(egg: Egg, orders: socket.socket) -> None:
    """In the supervisor: stays with the kernel until its end. What to do comes through ``orders``."""
    os.setsid()
    linux.close_all_but(orders.fileno())

    def kernel(scratch: str, line: socket.socket) -> None:
        linux.close_all_but(line.fileno())
        _be_kernel(egg, scratch, line)

    supervisor.supervise(orders, supervisor.Charge(egg.kind.tier, egg.uid, egg.humble), kernel)


def _be_kernel(egg: Egg, scratch: str, line: socket.socket) -> None:
    tier, around = egg.kind.tier, egg.around
    how = sandbox.Confinement(
        tier, around.readable, around.hidden, scratch, egg.uid, egg.kind.scratch_mb, around.filter
    )
    with _confining(tier, line):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _no_stdio()
        sandbox.confine(how)
    temporary = "/tmp" if tier is Tier.STRICT else scratch  # noqa: S108 - in the strict tier it is the kernel's own
    try:
        seedling = plant.prepare(plant.Place(scratch, temporary, around.path, around.ours))
        plan = _next_plan(tier, line)
        if plan is not None:
            plant.serve(seedling, plan, lambda _: _ready(line))
    except BaseException:
        framing.send_fds(line, {"error": traceback.format_exc()[-4000:]})
    os._exit(1)


@contextlib.contextmanager
def _confining(tier: Tier, line: socket.socket) -> Iterator[None]:
    """No kernel goes on without a layer: it tells which one cannot be had, and ends."""
    try:
        yield
    except BaseException as error:
        framing.send_fds(line, {"error": f"confinement ({tier}): {type(error).__name__}: {error}"})
        os._exit(1)


def _next_plan(tier: Tier, line: socket.socket) -> plant.Plan | None:
    """Waits for the session, and takes its limits; None where there will be none."""
    order, fds = framing.receive_fds(line)
    if order is None:
        return None
    plan_fd, shell_fd, iopub_fd = fds
    with open(plan_fd, "rb") as file:
        file.seek(0)
        plan = plant.Plan.from_bytes(file.read())
    with _confining(tier, line):
        sandbox.set_limits(plan.limits, int(order["tasks"]))
    wires = dataclasses.replace(plan.wires, shell_fd=shell_fd, iopub_fd=iopub_fd)
    return dataclasses.replace(plan, wires=wires)


def _ready(line: socket.socket) -> None:
    framing.send_fds(line, {"ready": True})
    line.close()


def _no_stdio() -> None:
    """What C code writes to the standard streams leads nowhere; our own log is not the learner's to write."""
    reading, writing = os.open(_NULL, os.O_RDONLY), os.open(_NULL, os.O_WRONLY)
    for source, target in ((reading, 0), (writing, 1), (writing, 2)):
        os.dup2(source, target)
    os.close(reading)
    os.close(writing)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the process's life
