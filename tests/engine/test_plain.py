"""Where there is no fork, plain processes give the same answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.engine import tiers
from grader.engine.client import Zygote
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


def test_only_the_process_tier_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADETAPE_ENGINE", "plain")
    assert tiers.detect().best is Tier.PROCESS
