"""What the judges of these tests do: entry points that run in a process forked from the zygote."""

from __future__ import annotations

import asyncio
import socket
import time
from pathlib import Path
from typing import Any

from grader import wire
from grader.engine import framing
from grader.engine.forkport import ForkPort
from grader.engine.limits import Limits
from grader.engine.session import KernelSession
from grader.engine.tiers import Tier
from grader.errors import BrokenProgram, LimitReached


def session(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    """Opens a session, calls the functions in ``job["calls"]`` without arguments, and tells what came of it."""
    began = time.monotonic()
    opened = KernelSession.open(
        job["cells"],
        zygote=zygote,
        tier=Tier(job["tier"]),
        limits=Limits(**job.get("limits", {})),
        seed=job.get("seed", 1),
        files={name: text.encode() for name, text in job.get("files", {}).items()},
    )
    open_s = time.monotonic() - began
    hatched = getattr(_kernel(opened), "hatched", None) if opened._talk else None
    pid = hatched.pid if hatched else 0
    answers = [_call(opened, name) for name in job.get("calls", ())]
    run = opened.run.to_json()
    opened.close()
    usage = opened.usage
    framing.send(
        channel,
        {
            "run": run,
            "answers": answers,
            "open_s": open_s,
            "kernel": pid,
            "wall_s": time.monotonic() - began,
            "cpu_s": usage.cpu_s,
            "idle_s": usage.idle_s,
            "peak_mb": usage.peak_mb,
        },
    )


def _kernel(opened: KernelSession) -> Any:
    assert opened._talk is not None
    return opened._talk.provisioner


def _call(opened: KernelSession, name: str) -> dict[str, Any]:
    if name == "wait for its end":
        return {"ended": opened._loop.run_until_complete(asyncio.wait_for(_kernel(opened).wait(), 30))}
    tree, buffers = wire.encode([[], {}])
    try:
        reply, parts = opened.ask({"op": "call", "target": ["global", name], "arguments": tree, "seed": None}, buffers)
    except LimitReached as reached:
        return {"limit": reached.limit, "message": reached.finding.message.en}
    except BrokenProgram as broken:
        return {"broken": broken.finding.message.en}
    if reply.get("ok") is True:
        return {"value": wire.decode(reply["value"], parts)}
    return {"error": reply["error"]}


def raises(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    """A judge whose code has a fault."""
    raise RuntimeError(job["words"])


def runs_an_operation(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    """TensorFlow works in a judge."""
    import tensorflow as tf

    framing.send(channel, {"sum": float(tf.reduce_sum(tf.ones(job["count"])))})


def holds_a_kernel(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    """Opens a session and goes on for ever; tells the kernel's pid as the machine sees it."""
    opened = KernelSession.open(
        ["import time"], zygote=zygote, tier=Tier(job["tier"]), limits=Limits(), seed=1, files={"data.txt": b"x"}
    )
    provisioner = _kernel(opened)
    pid = provisioner.hatched.pid if isinstance(zygote, ForkPort) else provisioner.process.pid
    framing.send(channel, {"kernel": pid, "scratch": str(Path(f"/proc/{pid}/cwd").readlink())})
    time.sleep(600)
