"""Believes a tier only after a session ran in it: a tiny program that computes, and tries what it must not do.

`judge_main` runs in a judge, `try_out` in the coordinator.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import socket
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.doctor.findings import Item, Part, State
from grader.engine.tiers import Tier
from grader.errors import GradeTapeError
from grader.text import Text, say

if TYPE_CHECKING:
    from grader.engine.client import Zygote
    from grader.engine.source import KernelSource

JUDGE = "grader.doctor.sessions:judge_main"
_PATIENCE_S = 180
_PROGRAM = r"""
import json, os, socket
world = json.load(open("world.json"))
through = []

def tried(what, action):
    try:
        action()
    except (OSError, ValueError):
        return
    through.append(what)

tried("reading a file outside", lambda: open(world["file"]).read())
tried("writing a file outside", lambda: open(world["file"] + ".written", "w"))
tried("reaching another process", lambda: socket.socket(socket.AF_UNIX).connect("\0" + world["name"]))
tried("opening a network socket", lambda: socket.socket(socket.AF_INET))

def answer():
    import tensorflow as tf
    return [float(tf.reduce_sum(tf.ones(3))), through]
"""
_SUM = 3.0


def judge_main(job: dict[str, Any], channel: socket.socket, zygote: KernelSource) -> None:
    """Runs the program in the tier ``job["tier"]`` and tells what it answered."""
    from grader import wire  # noqa: PLC0415 - only judges need any of this
    from grader.engine import framing  # noqa: PLC0415
    from grader.engine.limits import Limits  # noqa: PLC0415
    from grader.engine.session import KernelSession  # noqa: PLC0415

    began = time.monotonic()
    files = {"world.json": json.dumps(job["world"]).encode()}
    tier = Tier(job["tier"])
    said: dict[str, Any]
    try:
        with KernelSession.open([_PROGRAM], zygote=zygote, tier=tier, limits=Limits(), seed=1, files=files) as session:
            tree, buffers = wire.encode([[], {}])
            request = {"op": "call", "target": ["global", "answer"], "arguments": tree, "seed": None}
            reply, parts = session.ask(request, buffers)
            if reply.get("ok") is True:
                said = {"answer": wire.decode(reply["value"], parts)}
            else:
                said = {"failed": str(reply["error"].get("message"))}
    except GradeTapeError as error:
        said = {"failed": str(error)}
    framing.send(channel, {**said, "ms": round(1000 * (time.monotonic() - began))})


def try_out(zygote: Zygote, tiers: Sequence[Tier]) -> list[Item]:
    """One session in each of the tiers."""
    with tempfile.TemporaryDirectory(prefix="gradetape-doctor-") as folder:
        os.chmod(folder, 0o777)  # noqa: PTH101, S103 - so that it is confinement that refuses, not the folder
        file = Path(folder, "file")
        file.write_text("read", encoding="utf-8")
        file.chmod(0o666)
        with _listening() as name:
            world = {"file": str(file), "name": name}
            return [_session(zygote, tier, world) for tier in tiers]


@contextlib.contextmanager
def _listening() -> Iterator[str]:
    """A name at which this process can be reached, where the system has such names."""
    name = f"gradetape-doctor-{secrets.token_hex(8)}"
    if not sys.platform.startswith("linux"):
        yield name
        return
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"\0{name}")
        server.listen()
        yield name


def _session(zygote: Zygote, tier: Tier, world: dict[str, Any]) -> Item:
    try:
        with zygote.fork_judge(JUDGE, {"tier": tier.value, "world": world}) as judge:
            said = judge.recv(_PATIENCE_S) or {"failed": judge.fault or zygote.log_tail()}
    except (GradeTapeError, TimeoutError) as error:
        said = {"failed": str(error)}
    return session_item(tier, said)


def session_item(tier: Tier, said: dict[str, Any]) -> Item:
    """What a session in ``tier`` told, as an item."""
    title = say("a session in the tier “{tier}”", tier=tier.value)

    def item(state: State, text: Text, repair: Text | None = None) -> Item:
        return Item(f"session.{tier.value}", Part.SESSIONS, title, state, text, repair)

    if "failed" in said:
        return item(State.ATTENTION, say("failed: {why}", why=said["failed"]), _report_it())
    total, through = said["answer"]
    if total != _SUM:
        return item(
            State.ATTENTION,
            say("TensorFlow computed {total} instead of {right}", total=total, right=_SUM),
            _report_it(),
        )
    if tier is Tier.PROCESS:
        return item(State.OK, say("ran in {ms} ms; nothing is confined in this tier", ms=said["ms"]))
    if through:
        return item(
            State.ATTENTION, say("not confined: it got through with {what}", what=", ".join(through)), _report_it()
        )
    return item(State.OK, say("ran in {ms} ms, and was refused files, processes and the network", ms=said["ms"]))


def _report_it() -> Text:
    return say(
        "That should not be. Grade in another tier (--isolation), and please report this page to GradeTape's authors."
    )
