"""Kernels from the zygote, as jupyter_client wants its kernels provided."""

# ruff: noqa: ARG002 - the signatures are jupyter_client's
from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import select
import signal
import socket
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase

from grader.engine import framing, kernel, plant, processes
from grader.engine.forkport import ForkPort, Hatched
from grader.engine.source import Ended, Wanted
from grader.errors import GraderFault

_END_S = 60  # on a machine with more to do than it can


class Listening:
    """Two listening sockets in the abstract name space: they leave no file, and go to the kernel as open files."""

    def __init__(self) -> None:
        name = f"gradetape-{secrets.token_hex(16)}"
        self.base = f"@{name}"
        self.sockets = [_listen(f"\0{name}-{port}") for port in (1, 2)]
        self.key = secrets.token_bytes(32)

    def info(self) -> KernelConnectionInfo:
        """For a client of jupyter_client."""
        return {
            "transport": "ipc",
            "ip": self.base,
            "shell_port": 1,
            "iopub_port": 2,
            "key": self.key,
            "signature_scheme": "hmac-sha256",
        }

    def wires(self) -> kernel.Wires:
        """For the kernel."""
        return kernel.Wires(self.key, f"ipc://{self.base}-1", f"ipc://{self.base}-2")

    def close(self) -> None:
        """The kernel holds its own copies."""
        for one in self.sockets:
            one.close()


def _listen(address: str) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listening.bind(address)
    listening.listen(4)
    return listening


class ForkProvisioner(KernelProvisionerBase):
    """One kernel out of the zygote."""

    def __init__(self, wanted: Wanted, port: ForkPort) -> None:
        super().__init__()
        self.wanted = wanted
        self.port = port
        self.hatched: Hatched | None = None
        self.listening: Listening | None = None
        self.ended: Ended | None = None

    @property
    def has_process(self) -> bool:
        """Whether a kernel was launched and not yet buried."""
        return self.hatched is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Asks the zygote. Raises GraderFault."""
        self.listening = Listening()
        self.connection_info = self.listening.info()
        plan = plant.Plan(self.listening.wires(), self.wanted.limits, self.wanted.seed, self.wanted.files)
        fds = [one.fileno() for one in self.listening.sockets]
        self.hatched = self.port.fork_kernel(self.wanted.tier, self.wanted.limits, plan.to_bytes(), fds)
        self.listening.close()
        return self.connection_info

    async def poll(self) -> int | None:
        """None while it lives."""
        if self.hatched is None:
            return 0
        return 0 if select.select([self.hatched.pidfd], [], [], 0)[0] else None

    async def wait(self) -> int | None:
        """Until it has ended by itself."""
        if self.hatched is None:
            return 0
        loop = asyncio.get_running_loop()
        gone: asyncio.Future[None] = loop.create_future()
        fd = os.dup(self.hatched.pidfd)
        loop.add_reader(fd, _resolve, gone)
        try:
            await gone
        finally:
            loop.remove_reader(fd)
            os.close(fd)
        return 0

    async def send_signal(self, signum: int) -> None:
        """To the kernel itself, not to its children; harmless where it has ended."""
        if self.hatched is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.hatched.pidfd, signum)

    async def kill(self, restart: bool = False) -> None:
        """At once."""
        await self.send_signal(signal.SIGKILL)

    async def terminate(self, restart: bool = False) -> None:
        """A kernel holds nothing worth saving."""
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        """Waits until nothing of the kernel is left and takes the supervisor's word on its end."""
        if self.listening is not None:
            self.listening.close()
        if self.hatched is None:
            return
        hatched, self.hatched = self.hatched, None
        os.close(hatched.pidfd)
        self.ended = _last_words(hatched.control)

    def read(self) -> tuple[float, float, bool]:
        """For a `Watch`."""
        if self.hatched is None:
            return 0, 0, False
        activity = processes.activity(processes.tree(self.hatched.pid))
        return activity.cpu_s, activity.active_s, activity.at_work


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


def _last_words(control: socket.socket) -> Ended:
    """The supervisor's report, which comes when everything below it is gone."""
    with control:
        control.settimeout(_END_S)
        fault = ""
        while True:
            try:
                message, _ = framing.receive_fds(control)
            except TimeoutError:
                raise GraderFault("the processes of a kernel did not end") from None
            if message is None:
                return Ended(fault=fault or "the supervisor died")
            fault = fault or str(message.get("error", ""))
            if "ended" in message:
                return Ended(
                    str(message["ended"]),
                    fault,
                    int(message["status"]),
                    int(message["peak_mb"]),
                    float(message["cpu_s"]),
                )
