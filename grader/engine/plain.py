"""Judges and kernels as ordinary processes, where there is no fork: slower, the same verdict, no isolation.

``python -m grader.engine.plain judge PORT`` and ``python -m grader.engine.plain kernel`` are their entries. Each ends
when whoever started it does: it holds the other end of its standard input.
"""

from __future__ import annotations

import contextlib
import hmac
import importlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
from typing import Any, BinaryIO

from grader.engine import environment, framing
from grader.engine.client import JudgeHandle, Zygote
from grader.engine.source import Provisioner, Wanted
from grader.errors import GraderFault

_START_S, _HELLO_S = 120, 10


class PlainJudge(JudgeHandle):
    """A judge that is a process of its own."""

    def __init__(self, process: subprocess.Popen[bytes], channel: socket.socket) -> None:
        super().__init__(process.pid, channel, pidfd=-1)
        self._process = process

    def _alive(self) -> bool:
        return self._process.stdin is not None and not self._process.stdin.closed

    def kill(self) -> None:
        """Ends the judge; its kernels notice."""
        with self._killing:
            if not self._alive():
                return
            self._process.kill()
            self._process.wait()
            with self._reading:
                assert self._process.stdin is not None
                self._process.stdin.close()
                self._channel.close()


class PlainZygote(Zygote):
    """Starts a process for each judge. Nothing is loaded before."""

    def __init__(self) -> None:
        self._judges: list[PlainJudge] = []
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as we do

    @property
    def pid(self) -> int:
        """Of the process that forks: this one."""
        return os.getpid()

    def died(self, wait_s: float = 0) -> bool:  # noqa: ARG002 - as any zygote's
        """Never."""
        return False

    def rest(self) -> None:
        """Nothing waits here."""

    def fork_judge(self, entry: str, job: dict[str, Any]) -> JudgeHandle:
        """As `Zygote.fork_judge`; the judge loads TensorFlow itself when its checks need it."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(_START_S)
            process = run_self(["judge", str(server.getsockname()[1])], self._log)
            token = secrets.token_hex(32)
            _write_line(process, {"token": token})
            try:
                channel = _accept(server, token)
            except TimeoutError:
                process.kill()
                raise GraderFault(f"a judge did not start: {self.log_tail()}") from None
        judge = PlainJudge(process, channel)
        self._judges.append(judge)
        with contextlib.suppress(ConnectionError):
            framing.send(channel, {"entry": entry, "job": job})
        return judge

    def close(self) -> None:
        """Ends all judges."""
        for judge in self._judges:
            judge.kill()
        self._log.close()


def _accept(server: socket.socket, token: str) -> socket.socket:
    """The connection that knows the token; any other program of this machine could connect, too."""
    while True:
        channel, _ = server.accept()
        try:
            said = framing.Reader(channel).next(_HELLO_S)
        except (TimeoutError, ValueError):  # a stranger that says nothing, or something else
            said = None
        if said is not None and hmac.compare_digest(str(said.get("token")), token):
            return channel
        channel.close()


def run_self(arguments: list[str], log: Any, **how: Any) -> subprocess.Popen[bytes]:
    """A process of this file; it can be written to."""
    return subprocess.Popen(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-m", "grader.engine.plain", *arguments],
        stdin=subprocess.PIPE,
        stderr=log,
        env=environment.variables(),
        start_new_session=os.name == "posix",
        **{"stdout": log, **how},
    )


def _write_line(process: subprocess.Popen[bytes], message: dict[str, Any]) -> None:
    assert process.stdin is not None
    process.stdin.write(json.dumps(message).encode() + b"\n")
    process.stdin.flush()


class PlainPort:
    """A plain judge's way to kernels."""

    def provide(self, wanted: Wanted) -> Provisioner:
        """A kernel that is yet to be launched."""
        from grader.engine.plain_provisioner import PlainProvisioner  # noqa: PLC0415 - likewise: no ZeroMQ

        return PlainProvisioner(wanted)


def die_with(lifeline: BinaryIO, folder: str | None = None) -> None:
    """Ends this process and its children, and removes ``folder``, when the other end of ``lifeline`` is gone."""

    def watch() -> None:
        lifeline.read()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        if os.name == "posix":
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="lifeline").start()


def judge_main(port: int) -> None:
    """The life of a judge: one job."""
    hello = json.loads(sys.stdin.buffer.readline())
    die_with(sys.stdin.buffer)
    channel = socket.create_connection(("127.0.0.1", port))
    framing.send(channel, hello)
    job = framing.Reader(channel).next()
    if job is None:
        return
    try:
        module, _, function = str(job["entry"]).partition(":")
        getattr(importlib.import_module(module), function)(job["job"], channel, PlainPort())
    except Exception:  # the coordinator decides what our own fault means
        framing.send(channel, {"engine_fault": traceback.format_exc()})


def kernel_main() -> None:
    """The life of a kernel: the plan comes as the first line, the addresses go out as the only one."""
    from grader.engine import kernel, plant, warm  # noqa: PLC0415 - a judge needs none of it

    plan = plant.Plan.from_bytes(sys.stdin.buffer.readline())
    scratch = os.getcwd()
    die_with(sys.stdin.buffer, scratch)
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (1, 2):
        os.dup2(nowhere, standard)
    warm.load_modules()

    def ready(built: kernel.Kernel) -> None:
        os.write(out, json.dumps({"addresses": built.addresses}).encode() + b"\n")
        os.close(out)

    place = plant.Place(scratch, scratch, tuple(environment.learner_path()), plant.our_modules())
    seedling = plant.prepare(place)
    plant.serve(seedling, plan, ready)


if __name__ == "__main__":
    judge_main(int(sys.argv[2])) if sys.argv[1] == "judge" else kernel_main()
