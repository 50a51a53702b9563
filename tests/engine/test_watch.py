"""A program is charged for what it does; a meter that is made up shows each case."""

from __future__ import annotations

import asyncio
import itertools
import socket
from collections.abc import Iterator

import pytest

from grader.engine import framing, provisioner, watch
from grader.engine.forkport import ForkPort
from grader.engine.limits import Limits
from grader.engine.source import Ended
from grader.engine.tiers import Tier
from grader.errors import GraderFault

Reading = tuple[float, float, bool]


class Meter:
    """Gives the readings one after the other."""

    def __init__(self, readings: Iterator[Reading]) -> None:
        self.readings = readings

    def read(self) -> Reading:
        return next(self.readings)


def signals(readings: Iterator[Reading], limit_s: float) -> tuple[list[str], watch.Charged]:
    sent: list[str] = []

    async def signal(kind: str) -> None:
        sent.append(kind)

    async def run() -> watch.Charged:
        one = watch.Watch(Meter(readings), limit_s, signal)
        await asyncio.wait_for(one.run(), 20)
        return one.charged

    return sent, asyncio.run(run())


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_EVERY_S", 0.001)


def test_computing_is_charged_by_the_cpu_then_interrupted_then_killed() -> None:
    sent, charged = signals(((0.1 * i, 0.1 * i, True) for i in itertools.count()), limit_s=1)
    assert sent == ["interrupt", "kill"]
    assert charged.reached == "cpu"
    assert charged.cpu_s == pytest.approx(2.0, abs=0.2)


def test_waiting_is_charged_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "_TRANSIT_S", 0.0)
    monkeypatch.setattr(watch, "GRACE_S", 0.02)
    sent, charged = signals(itertools.repeat((0.0, 0.0, False)), limit_s=0.05)
    assert sent == ["interrupt", "kill"]
    assert (charged.reached, charged.cpu_s) == ("idle", 0)


def test_a_busy_machine_charges_nothing_and_is_our_fault_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program wants to run all the time and never gets a processor."""
    monkeypatch.setattr(watch, "_LEAST_WALL_S", 0.1)
    monkeypatch.setattr(watch, "LAST_RESORT", 2)
    with pytest.raises(GraderFault, match="never charged"):
        signals(itertools.repeat((0.0, 0.0, True)), limit_s=0.05)


def test_the_zygotes_death_is_our_fault() -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    theirs.close()
    with ours, pytest.raises(GraderFault, match="the zygote is gone"):
        ForkPort(ours).fork_kernel(Tier.STRICT, Limits(), b"plan", [])


@pytest.mark.parametrize(
    ("messages", "ended"),
    [
        ([{"ended": "memory", "status": 9, "peak_mb": 7, "cpu_s": 1.5}], Ended("memory", "", 9, 7, 1.5)),
        ([{"error": "broken"}, {"ended": "", "status": 0, "peak_mb": 0, "cpu_s": 0}], Ended("", "broken", 0, 0, 0)),
        ([], Ended(fault="the supervisor died")),
    ],
)
def test_a_supervisors_last_words_are_understood(messages: list[dict[str, object]], ended: Ended) -> None:
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        for message in messages:
            framing.send_fds(theirs, message)
    assert provisioner._last_words(ours) == ended


def test_a_supervisor_that_does_not_end_is_our_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioner, "_END_S", 0.01)
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs, pytest.raises(GraderFault, match="did not end"):
        provisioner._last_words(ours)
