"""A judge's way to ask the zygote for a kernel."""

from __future__ import annotations

import dataclasses
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.engine import framing
from grader.engine.limits import Limits
from grader.engine.source import Provisioner, Wanted
from grader.engine.tiers import Tier
from grader.errors import GraderFault

_FORK_S = 60
_TRIES = 3


@dataclass
class Hatched:
    """A kernel that runs; ``control`` will say how it ends, and ends it when it is closed."""

    pid: int
    pidfd: int
    control: socket.socket


class ForkPort:
    """Our end of a socket to the zygote."""

    def __init__(self, port: socket.socket) -> None:
        self._port = port

    def provide(self, wanted: Wanted) -> Provisioner:
        """A kernel that is yet to be launched."""
        from grader.engine.provisioner import ForkProvisioner  # noqa: PLC0415 - the coordinator imports this file, and wants no ZeroMQ

        return ForkProvisioner(wanted, self)

    def fork_kernel(self, tier: Tier, limits: Limits, plan: bytes, listening: Sequence[int]) -> Hatched:
        """A kernel that serves on the sockets ``listening``; returns when it is ready. Raises GraderFault.

        One that died before it was ready, as when somebody kills a kernel that waits, costs no more than a second try.
        """
        order = {"op": "kernel", "tier": str(tier), "limits": dataclasses.asdict(limits)}
        for _ in range(_TRIES):
            control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            control.settimeout(_FORK_S)
            try:
                self._send(order, plan, theirs, listening)
                return _hatched(control)
            except _Died as died:
                control.close()
                why = str(died)
            except BaseException:
                control.close()
                raise
        raise GraderFault(f"no kernel: {why}")

    def _send(self, order: dict[str, Any], plan: bytes, theirs: socket.socket, listening: Sequence[int]) -> None:
        with open(os.memfd_create("plan"), "wb") as file, theirs:
            file.write(plan)
            file.flush()
            try:
                framing.send_fds(self._port, order, [theirs.fileno(), file.fileno(), *listening])
            except OSError as error:
                raise GraderFault("no kernel: the zygote is gone") from error


class _Died(Exception):
    """A kernel, or its supervisor, died before it was ready."""


def _hatched(control: socket.socket) -> Hatched:
    """Waits for the supervisor's {"pid"} and the kernel's {"ready"}. Raises GraderFault, _Died."""
    message, fds = _heard(control)
    try:
        while "ready" not in _heard(control)[0]:
            pass
    except BaseException:
        for fd in fds:
            os.close(fd)
        raise
    return Hatched(int(message["pid"]), fds[0], control)


def _heard(control: socket.socket) -> tuple[dict[str, Any], list[int]]:
    try:
        message, fds = framing.receive_fds(control)
    except TimeoutError:
        raise GraderFault(f"no kernel: it was not ready after {_FORK_S} s") from None
    if message is None or "ended" in message:
        raise _Died("its supervisor died" if message is None else "it died at once")
    if "error" in message:
        raise GraderFault(f"no kernel: {message['error']}")
    return message, fds
