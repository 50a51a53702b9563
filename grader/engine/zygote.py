"""The process that has TensorFlow loaded and forks judges and kernels. ``python -m grader.engine.zygote FD WARM MODULE...``.

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
from typing import Any, NoReturn

from grader.engine import framing, linux, nursery, sandbox, warm
from grader.engine.forkport import ForkPort
from grader.engine.limits import KERNEL_UIDS
from grader.engine.pool import Kind, Pool
from grader.engine.tiers import Tier

_JUDGE_MB = 4096


class Zygote:
    """The loop: whom it listens to, and what every kernel is given."""

    def __init__(self, coordinator: socket.socket, around: nursery.Surroundings, most_waiting: int | None) -> None:
        self.coordinator = coordinator
        self.around = around
        self.judges: set[socket.socket] = set()
        self.kernels = 0
        self.humble = linux.may_raise_priority()
        self.pool = Pool(self.fork_kernel, most_waiting)
        self.selector = selectors.DefaultSelector()
        self.selector.register(coordinator, selectors.EVENT_READ)

    def serve(self) -> None:
        """Answers requests until the coordinator is gone."""
        while True:
            for key, _ in self.selector.select(self.pool.wait_s()):
                port = key.fileobj
                assert isinstance(port, socket.socket)
                if port not in self.selector.get_map():  # it was handed out, or ended, in this very round
                    continue
                if port is not self.coordinator and port not in self.judges:
                    self.selector.unregister(port)
                    self.pool.lost(port)  # a supervisor says nothing: it has ended
                    continue
                request, fds = framing.receive_fds(port)
                if request is not None:
                    self.answer(request, fds)
                elif port is self.coordinator:
                    return
                else:
                    self.selector.unregister(port)
                    self.judges.remove(port)
                    port.close()
            self.tend()

    def answer(self, request: dict[str, Any], fds: list[int]) -> None:
        """Does what was asked for. The first file is where the answer goes."""
        reply = socket.socket(fileno=fds[0])
        try:
            warm.assert_cold()
            if request["op"] == "judge":
                self.fork_judge(reply)
            elif request["op"] == "rest":
                self.rest()
            else:
                self.give_kernel(request, fds)
        except (warm.NotCold, OSError) as error:
            _tell(reply, f"the zygote cannot fork: {error}")
        finally:
            for fd in (*fds[1:], reply.detach()):
                os.close(fd)

    def fork_judge(self, reply: socket.socket) -> None:
        """A judge: it reads its job from the coordinator and gets a port to us."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        channel, remote = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs, channel, remote:
            pid = self._fork(lambda: run_judge(channel, theirs))
            pidfd = os.pidfd_open(pid)
            framing.send_fds(reply, {"pid": pid}, [remote.fileno(), pidfd])
            os.close(pidfd)
        self.judges.add(ours)
        self.selector.register(ours, selectors.EVENT_READ)
        self.pool.judges = max(self.pool.judges, len(self.judges))

    def give_kernel(self, request: dict[str, Any], fds: list[int]) -> None:
        """Hands the order, files and all, to a supervisor whose kernel waits, or to a fresh one."""
        kind = Kind.of(Tier(request["tier"]), int(request["limits"]["scratch_mb"]))
        while True:
            with self.pool.take(kind) as port:
                waited = port in self.selector.get_map()
                if waited:
                    self.selector.unregister(port)
                try:
                    framing.send_fds(port, {"limits": request["limits"]}, fds)
                except OSError:
                    if not waited:
                        raise
                else:
                    return

    def fork_kernel(self, kind: Kind) -> socket.socket:
        """A supervisor, which forks the kernel -> where it takes its order."""
        self.kernels += 1
        number = (os.getpid() + self.kernels) % len(KERNEL_UIDS)
        uid = sandbox.lesser_user(kind.tier, KERNEL_UIDS[number])
        egg = nursery.Egg(kind, uid, self.humble, self.around)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._fork(lambda: nursery.raise_kernel(egg, theirs))
        return ours

    def tend(self) -> None:
        """Sees to it that kernels wait for the next sessions."""
        try:
            warm.assert_cold()
            port = self.pool.refill()
        except (warm.NotCold, OSError):  # whoever asks next is told
            return
        if port is not None:
            self.selector.register(port, selectors.EVENT_READ)
        while (old := self.pool.surplus()) is not None:
            self.selector.unregister(old)
            old.close()

    def rest(self) -> None:
        """Lets go of all kernels that wait; there will be others when somebody has asked for one again."""
        for port in self.pool.ports():
            self.selector.unregister(port)
            port.close()
        self.pool.waiting.clear()

    def _fork(self, child: Callable[[], None]) -> int:
        pid = os.fork()
        if pid:
            return pid
        code = 1
        try:
            child()
            code = 0
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(code)


def run_judge(channel: socket.socket, theirs: socket.socket) -> None:
    """The life of a judge: one job, then the end. It keeps no file of the zygote's but these two."""
    linux.close_all_but(channel.fileno(), theirs.fileno())
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
    fd, most_waiting, *preload = sys.argv[1:]
    coordinator = socket.socket(fileno=int(fd))
    warm.load(tuple(preload))
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for judges and supervisors
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    linux.prctl(linux.PR_SET_DUMPABLE, 0)  # no process of the same user may look into us
    zygote = Zygote(coordinator, nursery.Surroundings.here(), int(most_waiting) if most_waiting else None)
    framing.send_fds(coordinator, {"ready": True})
    zygote.serve()
    os._exit(0)


if __name__ == "__main__":
    main()
