"""A kernel as an ordinary process, watched through psutil. For a student's own machine: it confines nothing."""

# ruff: noqa: ARG002 - the signatures are jupyter_client's
from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
from typing import Any

import psutil  # type: ignore[import-untyped]
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerBase

from grader.engine import kernel, plain, plant, workplace
from grader.engine.source import Ended, Wanted
from grader.errors import GraderFault

_POLL_S = 0.05
_ANY_PORT = "tcp://127.0.0.1:*"


class PlainProvisioner(KernelProvisionerBase):
    """One kernel process."""

    def __init__(self, wanted: Wanted) -> None:
        super().__init__()
        self.wanted = wanted
        self.process: subprocess.Popen[bytes] | None = None
        self.ended: Ended | None = None
        self._scratch = ""
        self._why = ""
        self._peak_mb = 0

    @property
    def has_process(self) -> bool:
        """Whether a kernel was launched and not yet buried."""
        return self.process is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Starts Python, which takes as long as TensorFlow takes to load. Raises GraderFault."""
        self._scratch = workplace.make("scratch")
        self.process = plain.run_self(["kernel"], subprocess.DEVNULL, stdout=subprocess.PIPE, cwd=self._scratch)
        wires = kernel.Wires(secrets.token_bytes(32), _ANY_PORT, _ANY_PORT)
        plan = plant.Plan(wires, self.wanted.limits, self.wanted.seed, self.wanted.files)
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(plan.to_bytes() + b"\n")
        self.process.stdin.flush()
        with self.process.stdout as out:
            line = await asyncio.to_thread(out.readline)
        if not line:
            raise GraderFault("a kernel did not start")
        shell, iopub = (int(address.rpartition(":")[2]) for address in json.loads(line)["addresses"])
        self.connection_info = {
            "transport": "tcp", "ip": "127.0.0.1", "shell_port": shell, "iopub_port": iopub, "key": wires.key
        }  # fmt: skip
        return self.connection_info

    async def poll(self) -> int | None:
        """None while it lives."""
        if self.process is None:
            return 0
        return _looked_at(self.process)

    async def wait(self) -> int | None:
        """Until it has ended by itself."""
        while (code := await self.poll()) is None:  # noqa: ASYNC110
            await asyncio.sleep(_POLL_S)  # a process has no event to wait for that every system knows
        return code

    async def send_signal(self, signum: int) -> None:
        """To the kernel itself; an interrupt has no counterpart on Windows, where the kill follows."""
        if self.process is not None and os.name == "posix":
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.process.pid, signum)  # not Popen's own way, which would bury it

    async def kill(self, restart: bool = False) -> None:
        """At once, with all that it started."""
        if self.process is None:
            return
        if os.name == "posix" and self.process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        for one in self._family():
            with contextlib.suppress(psutil.Error):
                one.kill()

    async def terminate(self, restart: bool = False) -> None:
        """A kernel holds nothing worth saving."""
        await self.kill()

    async def cleanup(self, restart: bool = False) -> None:
        """Waits for its end and removes its folder."""
        if self.process is None:
            return
        process, self.process = self.process, None
        status = await asyncio.to_thread(process.wait)
        for end in (process.stdin, process.stdout):
            if end is not None:
                with contextlib.suppress(BrokenPipeError):
                    end.close()
        shutil.rmtree(self._scratch, ignore_errors=True)
        self.ended = Ended(self._why, status=status, peak_mb=self._peak_mb)

    def read(self) -> tuple[float, float, bool]:
        """For a watch; also looks at the memory, for there is no supervisor to do it."""
        cpu_s, used_mb, at_work = 0.0, 0, False
        for one in self._family():
            with contextlib.suppress(psutil.Error):
                times = one.cpu_times()
                cpu_s += times.user + times.system
                used_mb += one.memory_info().rss >> 20
                at_work = at_work or one.status() == psutil.STATUS_RUNNING
        self._peak_mb = max(self._peak_mb, used_mb)
        if used_mb > self.wanted.limits.memory_mb and self.process is not None:
            self._why = "memory"
            self.process.kill()
        return cpu_s, cpu_s, at_work

    def _family(self) -> list[psutil.Process]:
        if self.process is None:
            return []
        try:
            first = psutil.Process(self.process.pid)
            return [first, *first.children(recursive=True)]
        except psutil.Error:
            return []


def _looked_at(process: subprocess.Popen[bytes]) -> int | None:
    """How it ended, if it has. It is not buried: until then its number is no other's, and its group can be signalled."""
    if not hasattr(os, "waitid") or process.returncode is not None:
        return process.poll()
    ended = os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return None if ended is None else ended.si_status
