"""Brings up one kernel in a fresh child of the zygote: the supervisor's side and the kernel's side of it."""

from __future__ import annotations

import dataclasses
import os
import signal
import socket
import sys
import traceback
from dataclasses import dataclass

from grader.engine import environment, framing, plant, processes, sandbox, seccomp, supervisor
from grader.engine.tiers import Tier

_NULL = "/dev/null"


@dataclass(frozen=True)
class Surroundings:
    """What every kernel is given; worked out once, in the zygote."""

    readable: tuple[str, ...]
    hidden: tuple[str, ...]
    path: tuple[str, ...]  # where a learner's program imports from
    filter: bytes  # of system calls

    @classmethod
    def here(cls) -> Surroundings:
        """Those of this process's Python."""
        path = tuple(environment.learner_path())
        return cls(environment.readable_paths(), environment.hidden_paths(), path, seccomp.program())


@dataclass(frozen=True)
class Order:
    """A kernel that a judge has asked for."""

    tier: Tier
    plan_fd: int
    listening: tuple[int, int]  # shell, iopub
    uid: int | None
    around: Surroundings


def raise_kernel(order: Order, control: socket.socket) -> None:
    """In the supervisor: reads the plan and stays with the kernel until its end."""
    os.setsid()
    with open(order.plan_fd, "rb") as file:
        file.seek(0)
        plan = plant.Plan.from_bytes(file.read())
    shell_fd, iopub_fd = order.listening
    plan = dataclasses.replace(plan, wires=dataclasses.replace(plan.wires, shell_fd=shell_fd, iopub_fd=iopub_fd))
    charge = supervisor.Charge(order.tier, plan.limits, order.uid)

    def kernel(scratch: str) -> None:
        _be_kernel(order, plan, control, scratch)

    supervisor.supervise(control, charge, kernel)


def _be_kernel(order: Order, plan: plant.Plan, control: socket.socket, scratch: str) -> None:
    around = order.around
    # where kernels share a user with others, leave room for what the others may start meanwhile
    tasks = 2 * processes.tasks_of(os.getuid()) if order.uid is None or order.tier is Tier.PROCESS else 0
    how = sandbox.Confinement(
        order.tier, around.readable, around.hidden, scratch, order.uid, tasks, plan.limits, around.filter
    )
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        _no_stdio()
        sandbox.confine(how)
    except BaseException as error:
        framing.send_fds(control, {"error": f"confinement ({order.tier}): {type(error).__name__}: {error}"})
        os._exit(1)
    temporary = "/tmp" if order.tier is Tier.STRICT else scratch  # noqa: S108 - in the strict tier it is the kernel's own
    try:
        plant.serve(plan, plant.Place(scratch, temporary, around.path), lambda _: _ready(control))
    except BaseException:
        framing.send_fds(control, {"error": traceback.format_exc()[-4000:]})
    os._exit(1)


def _ready(control: socket.socket) -> None:
    framing.send_fds(control, {"ready": True})
    control.close()


def _no_stdio() -> None:
    """What C code writes to the standard streams leads nowhere; our own log is not the learner's to write."""
    reading, writing = os.open(_NULL, os.O_RDONLY), os.open(_NULL, os.O_WRONLY)
    for source, target in ((reading, 0), (writing, 1), (writing, 2)):
        os.dup2(source, target)
    os.close(reading)
    os.close(writing)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 - for the process's life
