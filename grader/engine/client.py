"""The coordinator's side of the zygote: start it, have judges forked, hear what they found."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from grader.engine import environment, framing
from grader.engine.forkport import ForkPort
from grader.errors import GraderFault

__all__ = ["ForkPort", "JudgeHandle", "Zygote"]
_REPLY_S = 60


class JudgeHandle:
    """One judge, from outside."""

    def __init__(self, pid: int, channel: socket.socket, pidfd: int) -> None:
        self.pid = pid
        self.fault = ""  # the traceback of an exception that left the judge's entry
        self._channel = channel
        self._reader = framing.Reader(channel)
        self._pidfd = pidfd
        self._reading, self._killing = threading.Lock(), threading.Lock()

    def fileno(self) -> int:
        """For select: readable when a message has come or the judge has ended."""
        return self._channel.fileno()

    def recv(self, timeout_s: float | None = None) -> dict[str, Any] | None:
        """The judge's next message; None where it has ended (see `fault`). Raises TimeoutError."""
        with self._reading:
            message = self._reader.next(timeout_s) if self._alive() else None
        if message is not None and "engine_fault" in message:
            self.fault = str(message["engine_fault"])
            return None
        return message

    def _alive(self) -> bool:
        return self._pidfd >= 0

    def kill(self) -> None:
        """Ends the judge and its kernels, and waits until the judge is gone. From any thread, any number of times."""
        with self._killing:
            if not self._alive():
                return
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
            select.select([self._pidfd], [], [], _REPLY_S)
            with self._reading:  # a thread that waits in `recv` has seen the end by now
                os.close(self._pidfd)
                self._pidfd = -1
                self._channel.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


class Zygote:
    """The fork server; a context manager. `fork_judge` may be called from any thread."""

    def __init__(self, process: subprocess.Popen[bytes], port: socket.socket, log: Any) -> None:
        self._process = process
        self._port = port
        self._log = log
        self._lock = threading.Lock()

    @classmethod
    def start(cls, *, wait_s: float = 120, preload: Sequence[str] = (), warm: int | None = None) -> Zygote:
        """Starts the process and waits until it has loaded. ``preload``: modules that judges want, none of a course.

        ``warm``: how many kernels may wait at a time for the sessions to come; None: as many as judges were at work, and
        as memory allows. Where there is no fork, judges and kernels are plain processes. Raises GraderFault.
        """
        if environment.plain():
            from grader.engine.plain import PlainZygote  # noqa: PLC0415 - it imports this file

            return PlainZygote()
        most = "" if warm is None else str(warm)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        log = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as we do
        with theirs:
            process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                [sys.executable, "-m", "grader.engine.zygote", str(theirs.fileno()), most, *preload],
                pass_fds=[theirs.fileno()],
                env=environment.variables(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is the coordinator's to handle
            )
        zygote = cls(process, ours, log)
        ours.settimeout(wait_s)
        try:
            ready, _ = framing.receive_fds(ours)
        except TimeoutError:
            ready = None
        if ready is None:
            said = zygote.log_tail()
            zygote.close()
            raise GraderFault(f"the zygote did not start: {said}")
        ours.settimeout(None)
        return zygote

    @property
    def pid(self) -> int:
        """Of the zygote."""
        return self._process.pid

    def died(self, wait_s: float = 0) -> bool:
        """Whether it has ended; one whose sockets are closed is given a moment to."""
        try:
            self._process.wait(wait_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def log_tail(self) -> str:
        """The end of what the zygote and the judges wrote to their standard streams."""
        if self._log.closed:
            return ""
        size = os.fstat(self._log.fileno()).st_size
        return os.pread(self._log.fileno(), 4000, max(0, size - 4000)).decode(errors="replace").strip()

    def fork_judge(self, entry: str, job: dict[str, Any]) -> JudgeHandle:
        """A judge that imports ``entry`` ("module:function") and calls it as ``function(job, channel, zygote)``.

        Raises GraderFault.
        """
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            ours.settimeout(_REPLY_S)
            with theirs, self._lock:  # closed at once, so that the zygote's death ends our waiting
                self._ask("judge", theirs)
            try:
                reply, fds = framing.receive_fds(ours)
            except TimeoutError:
                reply, fds = None, []
        if reply is None or "error" in reply:
            raise GraderFault((reply or {}).get("error") or f"the zygote died: {self.log_tail()}")
        channel = socket.socket(fileno=fds[0])
        handle = JudgeHandle(int(reply["pid"]), channel, fds[1])
        with contextlib.suppress(ConnectionError):  # a judge that has died shows in `recv`
            framing.send(channel, {"entry": entry, "job": job})
        return handle

    def rest(self) -> None:
        """Has all kernels ended that wait for a session; returns when the zygote has let go of them. Raises GraderFault."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours:
            ours.settimeout(_REPLY_S)
            with theirs, self._lock:
                self._ask("rest", theirs)
            framing.receive_fds(ours)  # the end of the socket is the answer

    def _ask(self, what: str, answer_to: socket.socket) -> None:
        try:
            framing.send_fds(self._port, {"op": what}, [answer_to.fileno()])
        except OSError as error:
            raise GraderFault(f"the zygote is gone: {self.log_tail()}") from error

    def close(self) -> None:
        """Ends the zygote, its judges and their kernels."""
        self._port.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
