"""Entry points that judges run in these tests."""

from __future__ import annotations

import socket
import time
from typing import Any

from grader.engine import framing
from grader.engine.forkport import ForkPort
from grader.engine.limits import Limits
from grader.engine.session import KernelSession
from grader.engine.tiers import Tier


def demo(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    began = time.monotonic()
    session = KernelSession.open(job["cells"], zygote=zygote, tier=Tier(job.get("tier", "strict")), limits=Limits(), seed=1)
    opened = time.monotonic()
    run = session.run.to_json()
    names = session.ask({"op": "names"}, [])
    asked = time.monotonic()
    session.close()
    framing.send(channel, {"run": run, "names": names[0], "times": [opened - began, asked - opened, time.monotonic() - asked], "usage": str(session.usage)})
