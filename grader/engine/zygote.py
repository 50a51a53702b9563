"""The process that has TensorFlow loaded and forks judges and kernels on request. ``python -m grader.engine.zygote FD``.

It runs no TensorFlow operation, loads nothing of a course, and ends when the coordinator does.
"""

from __future__ import annotations

import importlib
import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn

from grader.engine import framing, linux, nursery, sandbox, warm
from grader.engine.forkport import ForkPort
from grader.engine.limits import KERNEL_UIDS
from grader.engine.tiers import Tier

_JUDGE_MB = 4096


@dataclass
class Zygote:
    """State of the loop: whom it listens to, and what every kernel is given."""

    coordinator: socket.socket
    around: nursery.Surroundings
    judges: list[socket.socket] = field(default_factory=list)
    kernels: int = 0

    def serve(self) -> None:
        """Answers requests until the coordinator is gone."""
        with selectors.DefaultSelector() as selector:
            selector.register(self.coordinator, selectors.EVENT_READ)
            while True:
                for key, _ in selector.select():
                    port = key.fileobj
                    assert isinstance(port, socket.socket)
                    request, fds = framing.receive_fds(port)
                    if request is None and port is self.coordinator:
                        return
                    if request is None:
                        selector.unregister(port)
                        self.judges.remove(port)
                        port.close()
                        continue
                    judge = self.answer(request, fds, selector)
                    if judge is not None:
                        self.judges.append(judge)
                        selector.register(judge, selectors.EVENT_READ)

    def answer(self, request: dict[str, Any], fds: list[int], selector: selectors.BaseSelector) -> socket.socket | None:
        """Forks what was asked for -> our end of a new judge's port. The first file is where the answer goes."""
        reply = socket.socket(fileno=fds[0])
        try:
            warm.assert_cold()
            if request["op"] == "judge":
                return self.fork_judge(reply, selector)
            self.fork_kernel(request, reply, fds[1:], selector)
        except (warm.NotCold, OSError) as error:
            _tell(reply, f"the zygote cannot fork: {error}")
        finally:
            reply.close()
        return None

    def fork_judge(self, reply: socket.socket, selector: selectors.BaseSelector) -> socket.socket:
        """A judge: it reads its job from the coordinator and gets a port to us."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        channel, remote = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)

        def judge() -> None:
            ours.close()
            remote.close()
            reply.close()
            run_judge(channel, theirs)

        pid = self._fork(judge, selector)
        pidfd = os.pidfd_open(pid)
        framing.send_fds(reply, {"pid": pid}, [remote.fileno(), pidfd])
        for end in (channel, remote, theirs):
            end.close()
        os.close(pidfd)
        return ours

    def fork_kernel(
        self, request: dict[str, Any], reply: socket.socket, fds: list[int], selector: selectors.BaseSelector
    ) -> None:
        """A supervisor, which forks the kernel; the files are the plan and the two sockets to listen on."""
        self.kernels += 1
        number = (os.getpid() + self.kernels) % len(KERNEL_UIDS)
        uid = sandbox.lesser_user(Tier(request["tier"]), KERNEL_UIDS[number])
        plan_fd, shell_fd, iopub_fd = fds

        def supervisor() -> None:
            nursery.raise_kernel(
                nursery.Order(Tier(request["tier"]), plan_fd, (shell_fd, iopub_fd), uid, self.around), reply
            )

        try:
            self._fork(supervisor, selector)
        finally:
            for fd in fds:
                os.close(fd)

    def _fork(self, child: Callable[[], None], selector: selectors.BaseSelector) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            selector.close()
            for port in (self.coordinator, *self.judges):
                port.close()
            child()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)


def run_judge(channel: socket.socket, theirs: socket.socket) -> None:
    """The life of a judge: one job, then the end."""
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sandbox.bound_data(_JUDGE_MB)  # whatever a kernel sends, the machine goes on
    job = framing.Reader(channel).next()
    if job is None:
        return
    try:
        module, _, function = str(job["entry"]).partition(":")
        getattr(importlib.import_module(module), function)(job["job"], channel, ForkPort(theirs))
    except Exception:
        framing.send(channel, {"engine_fault": traceback.format_exc()})


def _tell(reply: socket.socket, error: str) -> None:
    print(error, file=sys.stderr, flush=True)  # noqa: T201 - the log
    try:
        framing.send_fds(reply, {"error": error})
    except OSError:  # whoever asked is gone
        return


def main() -> NoReturn:
    """Loads, says that it is ready, serves."""
    fd, *preload = sys.argv[1:]
    coordinator = socket.socket(fileno=int(fd))
    warm.load(tuple(preload))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for judges and supervisors
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    linux.prctl(linux.PR_SET_DUMPABLE, 0)  # no process of the same user may look into us
    zygote = Zygote(coordinator, nursery.Surroundings.here())
    framing.send_fds(coordinator, {"ready": True})
    zygote.serve()
    os._exit(0)


if __name__ == "__main__":
    main()
