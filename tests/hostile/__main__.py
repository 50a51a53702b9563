"""``python -m tests.hostile``: shows what one attack gets, or writes the table."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from grader.engine.tiers import OK, Tier
from tests.hostile import table
from tests.hostile import user as users
from tests.hostile.attack import Attack, called, every
from tests.hostile.batch import Batch, problems


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument(
        "--only", metavar="NAME", nargs="+", help="attacks by name, or a whole group; all when left out"
    )
    parser.add_argument("--tier", type=Tier, choices=list(Tier))
    parser.add_argument("--user", choices=("root", "ordinary"))
    parser.add_argument("--table", action="store_true", help="write README.md")
    parser.add_argument("--short", action="store_true", help="only what is not as it must be")
    words = parser.parse_args()
    if words.table:
        table.README.write_text(table.page(), encoding="utf-8")
        return
    for user in users.users():
        if not words.user or user.startswith(words.user):
            show(user, [words.tier] if words.tier else list(Tier), list(_named(words.only)), short=words.short)


def _named(names: list[str] | None) -> Iterable[Attack]:
    for name in names or ["*"]:
        group = [a for a in every() if name in ("*", a.group)]
        yield from group or [called(name)]


def show(user: str, tiers: list[Tier], attacks: list[Attack], *, short: bool) -> None:
    """Grades and prints."""
    given = users.given(user)
    for tier in tiers:
        if given[tier] != OK:
            print(f"== no {tier} tier as {user}: {given[tier]}")
    todo = {tier: [a for a in attacks if a.expected(tier).run] for tier in tiers if given[tier] == OK}
    for batch in users.run(user, todo):
        print(f"== {batch.tier} as {user}, {len(batch.came)} attacks")
        _show(batch, attacks, short=short)


def _show(batch: Batch, attacks: list[Attack], *, short: bool) -> None:
    for attack in attacks:
        came, expected = batch.came.get(attack.id), attack.expected(batch.tier)
        wrong = problems(attack, expected, came) if expected.run else []
        if came is not None and not short:
            print(f"-- {attack.id}: {came.points} of {came.max_points} points, {came.wall_s} s, limits {came.limits}")
            print(came.output.rstrip())
            print(f"   told:\n{came.told}" if len(attacks) < 3 else "")
        for line in wrong:
            print(f"   NOT AS IT MUST BE {attack.id}: {line}")
    for line in batch.world:
        print(f"   THE WORLD: {line}")


if __name__ == "__main__":
    main()
