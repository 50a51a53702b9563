"""Every attack, in every tier that this machine gives, as root and as an ordinary user."""

from __future__ import annotations

import pytest

from grader.engine.tiers import OK, Tier
from tests.hostile import user as users
from tests.hostile.attack import Attack, every
from tests.hostile.batch import breaches, misnamed, problems
from tests.hostile.conftest import Batches

Given = dict[str, dict[Tier, str]]
USERS = [pytest.param(name, id=name.split()[0]) for name in (users.ROOT, users.ORDINARY)]
TIERS = [pytest.param(tier, id=tier.value) for tier in Tier]


def _must_be_given(given: Given, user: str, tier: Tier) -> None:
    why = given[user][tier] if user in given else "only root can be somebody else"
    if why != OK:
        pytest.skip(f"no {tier} tier here as {user}: {why}")


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("tier", TIERS)
@pytest.mark.parametrize("attack", [pytest.param(a, id=a.id) for a in every()])
def test_an_attack_gets_what_its_header_says(
    attack: Attack, tier: Tier, user: str, batches: Batches, given: Given
) -> None:
    _must_be_given(given, user, tier)
    expected = attack.expected(tier)
    if not expected.run:
        pytest.skip(f"not run in the {tier} tier: {expected.reason}")
    batch = batches[user, tier]
    came = batch.came.get(attack.id)
    if came and not breaches(expected, came) and misnamed(expected, came):
        # among two hundred others, on a machine with more to do than it can, another limit may come first (seen once)
        came = users.run(user, {tier: [attack]})[0].came.get(attack.id)
    assert problems(attack, expected, came) == [], came or batch.world


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("tier", TIERS)
def test_the_world_is_as_it_was(tier: Tier, user: str, batches: Batches, given: Given) -> None:
    """Files, listeners, processes, shared memory, the zygote, another kernel, and honest learners in the same class."""
    _must_be_given(given, user, tier)
    world = batches[user, tier].world
    if tier is Tier.PROCESS:  # which stops none of those that reach for the world, and says so in the table
        world = tuple(line for line in world if line.startswith(("victim", "the batch", "the zygote")))
    assert world == ()
