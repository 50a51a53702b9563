"""``make bench``: what grading costs, as ratios measured in turn on the same files.

Machines differ and are shared, so no figure here is a test; a reader compares the ratios.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Iterator

import click

from grader.cli.options import the_tier
from grader.versions import versions
from tests.bench.measure import Row

ROWS = {"a": "xor", "c": "learner", "d": "klass", "notebook": "notebook", "overhead": "overhead", "memory": "memory"}


@click.command()
@click.option("--only", multiple=True, type=click.Choice(list(ROWS)), help="Measure this alone; may be repeated.")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="How often each is measured.")
def main(only: tuple[str, ...], rounds: int) -> None:
    """Measure, and print the table."""
    have = ", ".join(f"{name} {version}" for name, version in versions().items())
    click.echo(f"medians of {rounds} rounds, two things measured in turn; isolation {the_tier(None).value}; {have}")
    for name in only or ROWS:
        started = time.monotonic()
        found: Iterator[Row] = importlib.import_module(f"tests.bench.{ROWS[name]}").rows(rounds)
        for row in found:
            row.show()
        click.echo(f"      ({time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
