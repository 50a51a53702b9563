"""How soon a session is ready, in each tier, from a kernel that waited and from a fresh one. ``python -m tests.bench.sessions``.

A session is opened on one cell with a TensorFlow operation and asked one question. The ways are measured in turn.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader import wire
from grader.engine import framing, processes, tiers
from grader.engine.client import Zygote
from grader.engine.limits import Limits
from grader.engine.tiers import Tier
from grader.grading import PRELOAD
from tests.bench.measure import Row

if TYPE_CHECKING:
    import socket

    from grader.engine.forkport import ForkPort

CELL = "import tensorflow as tf\nx = tf.constant([1.0, 2.0]) + 1.0\ndef answer():\n    return x"
READY_MS, STRICT_MS = 60, 60
_FORK_S = 0.6  # a kernel is forked and warmed in less, where nothing else runs


@dataclass(frozen=True)
class Took:
    """One session's milliseconds."""

    ready: float  # until the first answer
    closed: float  # until nothing of it was left

    @property
    def whole(self) -> float:
        """From the first to the last."""
        return self.ready + self.closed


def judge(job: dict[str, Any], channel: socket.socket, zygote: ForkPort) -> None:
    """In a judge: one session for each tier named in ``job``, a pause before each."""
    from grader.engine.session import KernelSession

    took = []
    for tier in job["tiers"]:
        time.sleep(job["pause_s"])
        began = time.perf_counter()
        session = KernelSession.open([CELL], zygote=zygote, tier=Tier(tier), limits=Limits(), seed=1)
        tree, buffers = wire.encode([[], {}])
        reply, _ = session.ask({"op": "call", "target": ["global", "answer"], "arguments": tree, "seed": None}, buffers)
        ready = time.perf_counter()
        session.close()
        took.append([1000 * (ready - began), 1000 * (time.perf_counter() - ready)] if reply["ok"] else None)
    framing.send(channel, {"took": took})


def sessions(zygote: Zygote, tier: Tier, count: int) -> list[Took]:
    """``count`` sessions of one judge; the first only has a kernel wait for the second, and is not among them."""
    job = {"tiers": [tier.value] * (count + 1), "pause_s": _FORK_S}
    with zygote.fork_judge("tests.bench.sessions:judge", job) as one:
        said = one.recv(60 + count)
    assert said is not None, one.fault or zygote.log_tail()
    return [Took(*pair) for pair in said["took"][1:]]


def measure(rounds: int, given: Sequence[Tier]) -> dict[tuple[Tier, str], list[Took]]:
    """``rounds`` rounds of two sessions for each tier, from a zygote that keeps a kernel and from one that keeps none."""
    found: dict[tuple[Tier, str], list[Took]] = {}
    with ExitStack() as stack:
        ways = {
            way: stack.enter_context(Zygote.start(preload=[*PRELOAD, "tests.bench.sessions"], warm=keeps))
            for way, keeps in (("waited", 1), ("fresh", 0))
        }
        for _, tier, (way, zygote) in itertools.product(range(rounds), given, ways.items()):
            found.setdefault((tier, way), []).extend(sessions(zygote, tier, 2))
        found_mb = waiting_mb(ways["waited"])
        click.echo(f"      a kernel that waits takes {found_mb} MB of its own, its supervisor included")
    return found


def waiting_mb(zygote: Zygote) -> int:
    """Memory that a waiting kernel and its supervisor share with nobody, and their part of what they do write."""
    time.sleep(_FORK_S)
    pids = processes.tree(zygote.pid)[1:]
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Dirty:", "Private_Clean:"))) // 1024


def table(rounds: int) -> Iterator[tuple[str, str, str, bool]]:
    """What was measured, the figure, the goal, whether it is reached; two sessions a round."""
    given = tiers.detect().given
    found = measure(rounds, given)

    def median(tier: Tier, way: str, what: str) -> float:
        return statistics.median(getattr(one, what) for one in found[tier, way])

    for tier in given:
        ready, fresh, closed = (
            median(tier, *one) for one in (("waited", "ready"), ("fresh", "ready"), ("waited", "closed"))
        )
        how = f"ready, {tier.value}, its kernel waited (fresh: {fresh:.0f} ms; closed {closed:.0f} ms later)"
        yield how, f"{ready:.0f} ms", f"<= {READY_MS} ms", ready <= READY_MS
    if Tier.STRICT in given:
        adds = [median(Tier.STRICT, way, "whole") - median(Tier.PROCESS, way, "whole") for way in ("waited", "fresh")]
        how = f"what strict adds to a whole session, its kernel waited (fresh: {adds[1]:+.0f} ms)"
        yield how, f"{adds[0]:+.0f} ms", f"<= {STRICT_MS} ms", max(adds) <= STRICT_MS


@click.command()
@click.option("--rounds", type=click.IntRange(1), default=8, show_default=True)
def main(rounds: int) -> None:
    """Measure, and print the table."""
    for how, value, goal, reached in table(rounds):
        Row("session", how, value, goal, reached).show()


if __name__ == "__main__":
    main()
