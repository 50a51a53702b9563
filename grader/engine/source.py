"""Where a session gets its kernels from, whatever they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from grader.engine.limits import Limits
from grader.engine.tiers import Tier


@dataclass(frozen=True)
class Wanted:
    """A kernel that a session wants."""

    tier: Tier
    limits: Limits
    seed: int
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Ended:
    """How a kernel ended."""

    why: str = ""  # memory, processes, disk; "" where it ended by itself or by us
    fault: str = ""  # our own fault, in words
    status: int = 0
    peak_mb: int = 0
    cpu_s: float = 0


class Provisioner(Protocol):
    """What a session needs of one of jupyter_client's kernel provisioners, and a meter."""

    ended: Ended | None  # known after `cleanup`

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Starts it -> how to connect. Raises GraderFault."""

    async def wait(self) -> int | None:
        """Until it has ended by itself."""

    async def send_signal(self, signum: int) -> None:
        """To the kernel's process; harmless where it has ended."""

    async def kill(self, restart: bool = False) -> None:
        """At once."""

    async def cleanup(self, restart: bool = False) -> None:
        """Waits until nothing of it is left."""

    def read(self) -> tuple[float, float, bool]:
        """For a `watch.Watch`."""


class KernelSource(Protocol):
    """A judge's way to new kernels."""

    def provide(self, wanted: Wanted) -> Provisioner:
        """A kernel that is yet to be launched."""
