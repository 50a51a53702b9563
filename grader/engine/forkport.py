"""A judge's way to ask the zygote for a kernel."""

from __future__ import annotations

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from grader.engine import framing
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

    def fork_kernel(self, tier: Tier, plan: bytes, listening: Sequence[int]) -> Hatched:
        """A kernel that serves on the sockets ``listening``. Raises GraderFault."""
        control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        control.settimeout(_FORK_S)
        with open(os.memfd_create("plan"), "wb") as file, theirs:
            file.write(plan)
            file.flush()
            framing.send_fds(self._port, {"op": "kernel", "tier": str(tier)}, [theirs.fileno(), file.fileno(), *listening])
        try:
            message, fds = framing.receive_fds(control)
        except TimeoutError:
            message, fds = {"error": f"no kernel after {_FORK_S} s"}, []
        if message is None or "error" in message or not fds:
            control.close()
            raise GraderFault(f"no kernel: {(message or {}).get('error', 'the zygote died')}")
        return Hatched(int(message["pid"]), fds[0], control)
