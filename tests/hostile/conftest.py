"""Attacks are graded in batches, one a tier and user, before the first of their tests; with -k only those that were named."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from grader.engine.tiers import OK, Tier
from tests.hostile import user as users
from tests.hostile.attack import Attack, every
from tests.hostile.batch import Batch
from tests.once import once

HERE = Path(__file__).parent
Batches = dict[tuple[str, Tier], Batch]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever grades is slow."""
    for item in items:
        if item.path.is_relative_to(HERE) and "batches" in getattr(item, "fixturenames", ()):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def given() -> dict[str, dict[Tier, str]]:
    """User -> tier -> "ok", or why this machine does not give it."""
    return {user: users.given(user) for user in users.users()}


@pytest.fixture(scope="session")
def batches(
    request: pytest.FixtureRequest, given: dict[str, dict[Tier, str]], tmp_path_factory: pytest.TempPathFactory
) -> Batches:
    """What came of every attack that some test asks for."""
    wanted = _asked_for(request.session.items)
    if not wanted:  # the tests that look at whatever was graded, alone: once is enough
        user = next(iter(given))
        best = next(tier for tier in Tier if given[user][tier] == OK)
        wanted[user, best] = [a for a in every() if a.expected(best).run]

    def grade(folder: Path) -> None:
        found = []
        for user, layers in given.items():
            todo = {tier: some for tier in Tier if layers[tier] == OK and (some := wanted[user, tier])}
            found += [[user, batch.to_json()] for batch in users.run(user, todo)] if todo else []
        (folder / "batches.json").write_text(json.dumps(found), encoding="utf-8")

    found = json.loads((once(tmp_path_factory, "attacks", grade) / "batches.json").read_text(encoding="utf-8"))
    made = [(user, Batch.from_json(data)) for user, data in found]
    return {(user, batch.tier): batch for user, batch in made}


def _asked_for(items: list[pytest.Item]) -> dict[tuple[str, Tier], list[Attack]]:
    asked: dict[tuple[str, Tier], list[Attack]] = defaultdict(list)
    whole = set()
    for item in items:
        params = getattr(getattr(item, "callspec", None), "params", {})
        if "attack" in params and params["attack"].expected(params["tier"]).run:
            asked[params["user"], params["tier"]].append(params["attack"])
        elif "batches" in getattr(item, "fixturenames", ()) and "tier" in params:
            whole.add((params["user"], params["tier"]))
    for user, tier in whole:  # the world is looked at after some attacks; where none was named, after all
        asked[user, tier] = asked[user, tier] or [a for a in every() if a.expected(tier).run]
    return asked
