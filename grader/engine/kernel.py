"""The kernel that runs a learner's cells and answers the probe: ipykernel's, without what nobody here uses.

No debugger, history, heartbeat, control channel, display of results, comms or configuration files.
"""

# ruff: noqa: ARG002 - the signatures are ipykernel's and IPython's
from __future__ import annotations

import contextlib
import logging
import os
import secrets
import sys
import threading
import types
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import zmq
from ipykernel import ipkernel
from ipykernel.iostream import IOPubThread
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQDisplayPublisher, ZMQInteractiveShell, ZMQShellDisplayHook
from IPython.core.compilerop import CachingCompiler
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets.config import Config
from zmq.eventloop.zmqstream import ZMQStream

from grader.engine import frames
from grader.engine.printed import Printed

REQUEST, REPLY = "gradetape_request", "gradetape_reply"
_INTERRUPTED = {"ok": False, "error": {"kind": "raised", "type": "KeyboardInterrupt", "message": "", "lines": []}}


class Answerer(Protocol):
    """The probe."""

    def answer(self, content: dict[str, Any], buffers: list[memoryview]) -> tuple[dict[str, Any], list[bytes]]:
        """One request -> its reply."""

    def end_of_cell(self) -> None:
        """A cell has ended; the next one draws on a new figure."""


@dataclass(frozen=True)
class Wires:
    """Where a kernel listens, and the key that signs its messages."""

    key: bytes
    shell: str  # addresses of ZeroMQ
    iopub: str
    shell_fd: int = -1  # sockets that listen there already; -1: make them
    iopub_fd: int = -1


class _Compiler(CachingCompiler):
    """Names the code of a cell as a learner would: "cell 3"."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        return f"cell {number}"


class _DisplayHook(ZMQShellDisplayHook):
    """Keeps a cell's last value as "_", and shows it nowhere: what a repr says may differ from run to run."""

    def __call__(self, result: object = None) -> None:
        if result is not None:
            self.update_user_ns(result)


class _DisplayPublisher(ZMQDisplayPublisher):
    """Shows nothing: pictures and widgets have no place in a grade."""

    def publish(self, *args: Any, **kwargs: Any) -> None:
        return


class _Shell(ZMQInteractiveShell):
    """IPython's shell; errors are reported with the learner's own frames only, and quit() ends a cell, not the kernel."""

    def ask_exit(self) -> None:
        raise SystemExit(0)

    def enable_gui(self, gui: Any = None) -> None:
        return

    def enable_matplotlib(self, gui: str | None = None) -> tuple[str, str]:
        return "agg", "agg"

    def enable_pylab(
        self, gui: str | None = None, import_all: bool = True, welcome_message: bool = False
    ) -> tuple[str, str, set[str]]:
        return "agg", "agg", set()

    def showtraceback(self, exc_tuple: Any = None, *args: Any, **kwargs: Any) -> None:
        kind, error, trace = self._get_exc_info(exc_tuple)
        sys.stdout.flush()
        content = frames.describe(kind, error, trace)
        self._last_traceback = content["traceback"]
        hook = self.displayhook
        hook.session.send(hook.pub_socket, "error", content, hook.parent_header)

    def showsyntaxerror(self, *args: Any, **kwargs: Any) -> None:
        self.showtraceback()

    def showindentationerror(self) -> None:
        self.showtraceback()


class Kernel(IPythonKernel):
    """One learner's kernel."""

    shell_class = _Shell
    compiler_class = _Compiler
    _execute_sleep = 0.0
    probe: Answerer | None = None
    addresses: tuple[str, str] = ("", "")  # of shell and iopub, as ZeroMQ knows them

    def __init__(self, **kwargs: Any) -> None:
        # For the debugger that we do not have, ipykernel would list the files of 4,000 modules: 16 ms
        real, ipkernel.sys = ipkernel.sys, types.SimpleNamespace(modules={})
        try:
            super().__init__(**kwargs)
        finally:
            ipkernel.sys = real
        self.shell_handlers = {"execute_request": self.execute_request, REQUEST: self.answer_request}

    @property
    def _supports_kernel_subshells(self) -> bool:
        return False

    def _publish_execute_input(self, *args: Any) -> None:
        """The judge knows what it sent."""

    def start(self) -> None:
        """Begins to listen."""
        super().start()
        # ipykernel asks it for its parent when a cell uses top-level await
        self.shell_channel_thread = types.SimpleNamespace(parent_thread=threading.main_thread())

    async def do_execute(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A cell; it always comes back."""
        try:
            return await super().do_execute(*args, **kwargs)  # type: ignore[no-any-return]
        except Exception as error:
            name = type(error).__name__
            return {
                "status": "error",
                "ename": name,
                "evalue": "",
                "traceback": [],
                "execution_count": self.execution_count,
                "payload": [],
            }
        finally:
            if self.probe is not None:
                with contextlib.suppress(Exception):  # pyplot may be anything by now
                    self.probe.end_of_cell()

    async def answer_request(self, stream: ZMQStream, ident: Sequence[bytes], parent: dict[str, Any]) -> None:
        """Hands a request to the probe and sends its reply."""
        assert self.probe is not None
        self._forward_input(allow_stdin=False)
        try:
            content, buffers = self.probe.answer(parent["content"], [memoryview(b) for b in parent["buffers"]])
        except KeyboardInterrupt:
            content, buffers = _INTERRUPTED, []
        finally:
            self._restore_input()
        sys.stdout.flush()
        self.session.send(stream, REPLY, content, parent, ident=list(ident), buffers=buffers)


def build() -> Kernel:
    """Makes the kernel; `listen` opens its sockets, `run` starts it."""
    session = Session(key=secrets.token_bytes(32), username="", check_pid=True)
    context = zmq.Context()
    shell, iopub = _socket(context, zmq.ROUTER), _socket(context, zmq.XPUB)
    thread = IOPubThread(iopub, pipe=False, session=session)
    log = logging.getLogger("gradetape.kernel")
    log.addHandler(logging.NullHandler())
    log.propagate = False
    kernel: Kernel = Kernel.instance(
        config=_config(),
        session=session,
        shell_stream=ZMQStream(shell),
        iopub_thread=thread,
        iopub_socket=thread.background_socket,
        log=log,
        user_ns={},
    )
    _connect_printing(kernel)
    return kernel


def _socket(context: zmq.Context[Any], kind: int) -> zmq.Socket[Any]:
    made: zmq.Socket[Any] = context.socket(kind)
    made.linger = 0
    made.sndhwm = 0  # nothing is dropped: the judge reads as fast as a kernel can write
    return made


def listen(kernel: Kernel, wires: Wires) -> None:
    """From now on a client can connect, and its messages have to be signed with the key of ``wires``."""
    kernel.session.key = wires.key
    shell, iopub = kernel.shell_stream.socket, kernel.iopub_thread.socket
    kernel.addresses = (_bind(shell, wires.shell, wires.shell_fd), _bind(iopub, wires.iopub, wires.iopub_fd))
    kernel.iopub_thread.start()


def _bind(one: zmq.Socket[Any], address: str, fd: int) -> str:
    if fd >= 0:
        one.setsockopt(zmq.USE_FD, fd)
    one.bind(address)
    endpoint = one.getsockopt(zmq.LAST_ENDPOINT)
    assert isinstance(endpoint, bytes)
    return endpoint.rstrip(b"\0").decode()


def _config() -> Config:
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.banner1 = ""
    config.InteractiveShell.automagic = False
    config.InteractiveShell.cache_size = 0
    return config


def _connect_printing(kernel: Kernel) -> None:
    shell = kernel.shell
    shell.displayhook.__class__, shell.display_pub.__class__ = _DisplayHook, _DisplayPublisher

    def send(text: str) -> None:
        kernel.session.send(kernel.iopub_socket, "stream", {"name": "stdout", "text": text}, kernel.get_parent("shell"))

    printed = Printed(send)
    sys.stdout = sys.stderr = printed
    sys.displayhook = shell.displayhook
    shell.user_ns["exit"] = shell.user_ns["quit"] = _quit


def _quit(code: object = None) -> None:
    raise SystemExit(code)


def run(kernel: Kernel, probe: Answerer) -> None:
    """Serves until the process is killed."""
    kernel.probe = probe
    kernel.start()
    IOLoop.current().start()
    os._exit(0)
