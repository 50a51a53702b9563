"""A judge's way to ask the zygote for a kernel."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from grader.engine import framing
from grader.engine.source import Provisioner, Wanted
from grader.engine.tiers import Tier
from grader.errors import GraderFault

_FORK_S = 60


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

    def fork_kernel(self, tier: Tier, plan: bytes, listening: Sequence[int]) -> Hatched:
        """A kernel that serves on the sockets ``listening``; returns when it is ready. Raises GraderFault."""
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        control.settimeout(_FORK_S)
        with open(os.memfd_create("plan"), "wb") as file, theirs:
            file.write(plan)
            file.flush()
            fds = [theirs.fileno(), file.fileno(), *listening]
            try:
                framing.send_fds(self._port, {"op": "kernel", "tier": str(tier)}, fds)
            except OSError as error:
                control.close()
                raise GraderFault("no kernel: the zygote is gone") from error
        try:
            return _hatched(control)
        except BaseException:
            control.close()
            raise


def _hatched(control: socket.socket) -> Hatched:
    """Waits for the supervisor's {"pid"} and the kernel's {"ready"}, which come in either order."""
    pid, pidfd, ready = 0, -1, False
    while pidfd < 0 or not ready:
        try:
            message, fds = framing.receive_fds(control)
        except TimeoutError:
            message, fds = {"error": f"it was not ready after {_FORK_S} s"}, []
        message = message or {"error": "its supervisor died"}
        if "error" in message or "ended" in message:
            if pidfd >= 0:
                os.close(pidfd)
            raise GraderFault(f"no kernel: {message.get('error') or 'it died at once'}")
        if fds:
            pid, pidfd = int(message["pid"]), fds[0]
        ready = ready or "ready" in message
    return Hatched(pid, pidfd, control)
