"""Another learner's kernel that sits there while attacks run: to be seen, signalled, read or connected to."""

from __future__ import annotations

import contextlib
import socket
from typing import Any

from grader import wire
from grader.engine import framing
from grader.engine.forkport import ForkPort
from grader.engine.limits import Limits
from grader.engine.session import KernelSession
from grader.engine.tiers import Tier
from grader.errors import LearnerFault
from tests.hostile.world import SECRET


def main(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    """A judge with an open session: tells where its kernel is; at the next word, whether that still answers as ever."""
    cell = f"answer = '{SECRET}' + 'of another kernel'"
    with KernelSession.open([cell], zygote=zygote, tier=Tier(job["tier"]), limits=Limits(), seed=1) as session:
        framing.send(channel, _whereabouts(session))
        framing.Reader(channel).next()
        framing.send(channel, {"answer": _answer(session), "output": session.run.output})


def _whereabouts(session: KernelSession) -> dict[str, Any]:
    assert session._talk is not None
    provisioner: Any = session._talk.provisioner
    info = provisioner.connection_info
    return {"pid": provisioner.hatched.pid, "socket": str(info["ip"]), "key": info["key"].hex()}


def _answer(session: KernelSession) -> str:
    with contextlib.suppress(LearnerFault):
        reply, buffers = session.ask({"op": "value", "name": "answer"}, [])
        return str(wire.decode(reply["value"], buffers))
    return "no answer"
