"""One zygote for all tests of the engine, and a short way to run cells in a session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from grader.engine import tiers
from grader.engine.client import Zygote
from grader.engine.tiers import Tier, TierReport

Runs = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def isolation() -> TierReport:
    return tiers.detect()


@pytest.fixture(scope="session")
def zygote() -> Iterator[Zygote]:
    with Zygote.start(preload=["tests.engine.judges"]) as started:
        yield started


@pytest.fixture(scope="session")
def strict(isolation: TierReport) -> Tier:
    if isolation.best is not Tier.STRICT:
        pytest.skip(f"no strict tier here: {isolation.layers}")
    return Tier.STRICT


@pytest.fixture(scope="session")
def run_cells(zygote: Zygote, isolation: TierReport) -> Runs:
    """``run_cells(*cells, calls=..., limits=..., files=..., tier=..., seed=...)`` -> what `judges.session` tells."""

    def run(*cells: str, tier: Tier | None = None, **job: Any) -> dict[str, Any]:
        with zygote.fork_judge(
            "tests.engine.judges:session", {"cells": cells, "tier": tier or isolation.best, **job}
        ) as judge:
            said = judge.recv(60)
            assert said is not None, judge.fault or zygote.log_tail()
            return said

    return run
