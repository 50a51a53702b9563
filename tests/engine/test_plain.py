"""Where there is no fork, plain processes give the same answers."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from grader.engine import plain as plain_engine
from grader.engine import tiers
from grader.engine.client import Zygote
from grader.engine.limits import Limits
from grader.engine.plain_provisioner import PlainProvisioner
from grader.engine.source import Wanted
from grader.engine.tiers import Tier
from tests.engine.test_lifetimes import alive, wait_until

CELLS = [
    "import numpy as np\nprint('hello')",
    "1 / 0",
    "def answer():\n    return float(np.random.rand())",
    "def endless():\n    while True: pass",
]


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Zygote:
    monkeypatch.setenv("GRADETAPE_ENGINE", "plain")
    return Zygote.start()


def test_the_same_run_and_the_same_answers(plain: Zygote, zygote: Zygote) -> None:
    job = {"cells": CELLS, "calls": ["answer", "endless"], "limits": {"call_s": 0.5}}
    with plain, plain.fork_judge("tests.engine.judges:session", {**job, "tier": Tier.PROCESS}) as judge:
        said = judge.recv(120)
    assert said is not None, judge.fault
    with zygote.fork_judge("tests.engine.judges:session", {**job, "tier": Tier.PROCESS}) as judge:
        forked = judge.recv(60)
    assert forked is not None, judge.fault
    assert (said["run"], said["answers"]) == (forked["run"], forked["answers"])


def test_a_killed_judge_takes_its_kernel_with_it(plain: Zygote) -> None:
    with plain:
        judge = plain.fork_judge("tests.engine.judges:holds_a_kernel", {"tier": Tier.PROCESS})
        said = judge.recv(120)
        assert said is not None, judge.fault
        assert alive(said["kernel"])
        judge.kill()
        assert wait_until(lambda: not alive(said["kernel"]) and not Path(said["scratch"]).exists())


def test_the_number_of_a_kernel_that_has_ended_is_no_others_until_it_is_buried() -> None:
    """Its group is signalled by that number."""
    kernel = PlainProvisioner(Wanted(Tier.PROCESS, Limits(), 1, {}))
    kernel.process = subprocess.Popen([sys.executable, "-c", "import sys; sys.exit(3)"], start_new_session=True)
    pid = kernel.process.pid
    assert asyncio.run(kernel.wait()) == 3
    assert Path(f"/proc/{pid}").exists()
    assert asyncio.run(kernel.poll()) == 3
    asyncio.run(kernel.kill())
    asyncio.run(kernel.cleanup())
    assert not Path(f"/proc/{pid}").exists()
    assert kernel.ended is not None
    assert (kernel.ended.status, asyncio.run(kernel.poll())) == (3, 0)


def test_strangers_that_connect_are_turned_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_engine, "_HELLO_S", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)
        callers = [socket.create_connection(server.getsockname()) for _ in range(5)]
        for caller, words in zip(
            callers, (b"", b"no JSON\n", b"[]\n", b'{"token": "guess"}\n', b'{"token": "right"}\n'), strict=True
        ):
            caller.sendall(words)
        with plain_engine._accept(server, "right") as channel:
            assert channel.getpeername() == callers[-1].getsockname()
        for caller in callers:
            caller.close()


def test_only_the_process_tier_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADETAPE_ENGINE", "plain")
    assert tiers.detect().best is Tier.PROCESS
