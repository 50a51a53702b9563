"""One kernel and the judge's talk with it: cells by nbclient, requests to the probe, both under a watch."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty
from typing import Any

import zmq
import zmq.asyncio
from jupyter_client.asynchronous import AsyncKernelClient
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionComplete, DeadKernelError
from nbformat import NotebookNode

from grader.engine import processes
from grader.engine.kernel import REPLY, REQUEST
from grader.engine.limits import FLOOD_MB, JUDGE_MB
from grader.engine.lookout import Lookout
from grader.engine.messages import GuardedSession, Malformed
from grader.engine.output import Recorder
from grader.engine.source import Ended, Provisioner
from grader.engine.watch import Charged, Watch
from grader.errors import GraderFault

_READY_S = 60
_LAST_OUTPUT_S = 2.0  # for what is still under way when a kernel has died or answered
_IOPUB_BYTES, _SHELL_BYTES = 4 << 20, 80 << 20
_QUEUED_MESSAGES = {"shell": 2, "iopub": 64}  # there is one reply at a time
_CHATTER_MB = 2 * FLOOD_MB  # what may come beside replies in one cell or call: printing, and a little about it
_GUARD_S = 0.05


class _KernelDied(Exception):
    """The kernel's process has ended."""


class _Client(AsyncKernelClient):
    """Two channels, with an upper bound for what may come in."""

    def _create_connected_socket(self, channel: str, identity: bytes | None = None) -> zmq.Socket[Any]:  # noqa: ARG002
        kinds = {"shell": (zmq.DEALER, _SHELL_BYTES), "iopub": (zmq.SUB, _IOPUB_BYTES)}
        kind, most_bytes = kinds[channel]
        connected: zmq.Socket[Any] = self.context.socket(kind)
        connected.linger = 0
        connected.setsockopt(zmq.MAXMSGSIZE, most_bytes)
        connected.rcvhwm = _QUEUED_MESSAGES[channel]
        connected.connect(self._make_url(channel))
        return connected


class _Weighing(GuardedSession):
    """Tells the weight of whatever comes beside replies, also of what answers no question of ours and is dropped."""

    weigh: Callable[[int], None]

    def deserialize(self, msg_list: list[Any], content: bool = True, copy: bool = True) -> dict[str, Any]:
        message = super().deserialize(msg_list, content, copy)
        if message["msg_type"] != REPLY:
            self.weigh(sum(len(part) for part in msg_list))
        return message


class _Runner(NotebookClient):
    """nbclient, but outputs go to the recorder and the kernel's death is noticed at once."""

    talk: Conversation

    def process_message(self, msg: dict[str, Any], cell: Any, cell_index: int) -> None:  # noqa: ARG002
        self.talk.take(msg)
        if msg["msg_type"] == "status" and msg["content"]["execution_state"] == "idle":
            raise CellExecutionComplete

    async def _async_poll_kernel_alive(self) -> None:
        await self.talk.provisioner.wait()
        await asyncio.sleep(0.05)  # what it sent last is still to be read
        assert self.task_poll_for_reply is not None
        self.task_poll_for_reply.cancel()


@dataclass
class Heard:
    """What came back from one cell or call."""

    charged: Charged = field(default_factory=Charged)
    end: str = ""  # "died" or "meddled": there is no kernel any more that we could talk to
    error: dict[str, Any] | None = None  # content of the kernel's first error message
    reply: dict[str, Any] = field(default_factory=dict)
    buffers: list[bytes] = field(default_factory=list)


class Conversation:
    """A kernel that was launched and the channels to it."""

    def __init__(self, provisioner: Provisioner, recorder: Recorder, cells: int) -> None:
        self.provisioner = provisioner
        self.recorder = recorder
        self._heard = Heard()
        self._printed_bytes = self._chatter_bytes = 0
        self._lookout = Lookout(provisioner)
        self._watch: Watch | None = None
        self._overfed = False
        self._flooded: asyncio.Task[None] | None = None
        self._context = zmq.asyncio.Context(io_threads=1)
        self._client = _Client(context=self._context)
        self._runner = _Runner(
            NotebookNode(cells=[_cell("") for _ in range(cells)], metadata=NotebookNode()),
            timeout=None,
            allow_errors=True,
            iopub_timeout=_LAST_OUTPUT_S,
        )
        self._runner.talk = self

    def _connect(self, info: Any) -> None:
        session = _Weighing(key=info["key"], username="", check_pid=False)
        session.weigh = self._weigh
        places = {name: info[name] for name in ("transport", "ip", "shell_port", "iopub_port")}
        self._client = self._runner.kc = _Client(context=self._context, session=session, **places)
        self._client.start_channels(stdin=False, hb=False, control=False)

    async def launch(self) -> None:
        """Has the kernel made and waits until it serves. Raises GraderFault."""
        try:
            self._connect(await self.provisioner.launch_kernel([]))
        except BaseException:
            await self.close()
            raise
        dead = asyncio.ensure_future(self.provisioner.wait())
        hello = asyncio.ensure_future(self._client.iopub_channel.get_msg(timeout=_READY_S))
        try:
            await asyncio.wait({dead, hello}, return_when=asyncio.FIRST_COMPLETED)
            if hello.done():
                hello.result()
                return
        except (Empty, Malformed):
            pass
        finally:
            await _cancel(dead, hello)
        died = not dead.cancelled()
        await self.close()
        raise GraderFault(f"a kernel did not start: {_how(self.provisioner.ended, died=died)}")

    async def run_cell(self, code: str, index: int, limit_s: float) -> Heard:
        """Runs one cell."""
        async with self._watched(limit_s) as heard:
            self._alive()
            try:
                await self._runner.async_execute_cell(_cell(code), index)
            except DeadKernelError:
                raise _KernelDied from None
        return heard

    async def ask(self, content: dict[str, Any], buffers: Sequence[bytes], limit_s: float) -> Heard:
        """One request to the probe."""
        async with self._watched(limit_s) as heard:
            self._alive()
            message = self._client.session.msg(REQUEST, content)
            self._client.session.send(self._client.shell_channel.socket, message, buffers=list(buffers))
            identity = message["header"]["msg_id"]
            dead = asyncio.ensure_future(self.provisioner.wait())
            answer = asyncio.ensure_future(self._reply(identity))
            printing = asyncio.ensure_future(self._printing(identity))
            try:
                await asyncio.wait({dead, answer}, return_when=asyncio.FIRST_COMPLETED)
                if not answer.done():
                    await asyncio.wait({answer}, timeout=0.05)
                if not answer.done():
                    raise _KernelDied
                heard.reply, heard.buffers = answer.result()
                await asyncio.wait({printing}, timeout=_LAST_OUTPUT_S)
                if printing.done():
                    printing.result()
            finally:
                await _cancel(dead, answer, printing)
        return heard

    async def _reply(self, identity: str) -> tuple[dict[str, Any], list[bytes]]:
        while True:
            message = await self._client.shell_channel.get_msg(timeout=None)
            if message["parent_header"].get("msg_id") == identity and message["msg_type"] == REPLY:
                return message["content"], [bytes(b) for b in message["buffers"]]

    async def _printing(self, identity: str) -> None:
        while True:
            message = await self._client.iopub_channel.get_msg(timeout=None)
            if message["parent_header"].get("msg_id") != identity:
                continue
            self.take(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return

    def take(self, message: dict[str, Any]) -> None:
        """Keeps what a message of the current cell or call says."""
        if message["msg_type"] == "error" and self._heard.error is None:  # a second one tells of trouble with the first
            self._heard.error = message["content"]
        if message["msg_type"] == "stream":
            self._printed_bytes += self.recorder.add(message["content"]["text"])
            if self._printed_bytes > FLOOD_MB << 20:
                self._stop_flood()

    def _weigh(self, size: int) -> None:
        self._chatter_bytes += size
        if self._chatter_bytes > _CHATTER_MB << 20:
            self._stop_flood()

    def _stop_flood(self) -> None:
        if self._watch is not None and self._flooded is None:
            self._flooded = asyncio.ensure_future(self._watch.stop("output"))

    @contextlib.asynccontextmanager
    async def _watched(self, limit_s: float) -> AsyncIterator[Heard]:
        self._heard = Heard()
        self._printed_bytes, self._chatter_bytes, self._flooded = 0, 0, None
        self._lookout.pause()
        self._watch = Watch(self.provisioner, limit_s, self._signal)
        self._heard.charged = self._watch.charged
        if self._lookout.flooded:
            self._heard.charged.reached = "output"
        watching = asyncio.ensure_future(self._watch.run())
        guarding = asyncio.ensure_future(self._guard())
        try:
            yield self._heard
        except _KernelDied:
            self._heard.end = "died"
        except Malformed:
            self._heard.end = "meddled"
        finally:
            self._watch.update()
            if watching.done() and not watching.cancelled():
                watching.result()
            await _cancel(watching, guarding)
            if self._overfed:
                self._heard.end = "meddled"
            if not self._heard.end:
                self._lookout.begin()

    def _alive(self) -> None:
        if self._lookout.flooded:
            raise _KernelDied

    async def _guard(self) -> None:
        """Kills a kernel whose messages fill our own memory: frames are bounded, their number is not."""
        me = [os.getpid()]
        most_mb = processes.resident_mb(me) + JUDGE_MB
        while processes.resident_mb(me) < most_mb:  # noqa: ASYNC110 - memory rings no bell
            await asyncio.sleep(_GUARD_S)
        self._overfed = True
        await self.provisioner.kill()

    async def _signal(self, kind: str) -> None:
        await self.provisioner.send_signal(signal.SIGINT if kind == "interrupt" else signal.SIGKILL)

    async def close(self) -> None:
        """Kills the kernel, waits until nothing of it is left, closes the channels."""
        self._lookout.close()
        await self.provisioner.kill()
        for channel in (self._client._shell_channel, self._client._iopub_channel):  # noqa: SLF001 - the property makes one
            if channel is not None:
                channel.stop()
        self._context.destroy(linger=0)
        await self.provisioner.cleanup()


def _how(ended: Ended | None, *, died: bool) -> str:
    """Why a kernel that was ready said nothing, for whoever mends it."""
    if ended is None or not died:
        return f"it did not answer within {_READY_S} s"
    if ended.fault:
        return ended.fault
    status = os.waitstatus_to_exitcode(ended.status)
    return f"it died (status {status}, limit {ended.why or 'none'}, {ended.peak_mb} MB, {ended.cpu_s:.2f} s of CPU)"


def _cell(code: str) -> NotebookNode:
    """As nbformat makes it, but for the validation, whose set-up alone takes 60 ms."""
    return NotebookNode(cell_type="code", source=code, metadata=NotebookNode(), outputs=[], execution_count=None)


async def _cancel(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
