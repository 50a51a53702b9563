"""``make bench``: what grading costs, as ratios measured in turn on the same files.

Machines differ and are shared, so no figure here is a test; a reader compares the ratios.
"""

from __future__ import annotations

import functools
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import click

from grader.cli.options import the_tier
from grader.versions import versions
from tests.bench import klass, learner, memory, notebook, others, overhead, pages, saves, xor
from tests.bench.measure import Row

ROWS: dict[str, Callable[[int], Iterator[Row]]] = {
    "a": xor.rows,
    "b": others.fits,
    "c": learner.rows,
    "d": klass.rows,
    "notebook": notebook.rows,
    "overhead": overhead.rows,
    "memory": memory.rows,
    "sessions": others.sessions,
    "watch": saves.rows,
    "pages": pages.rows,
}


@click.command()
@click.option("--only", type=click.Choice(list(ROWS)), help="Measure this alone.")
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True, help="How often each is measured.")
@click.option("--whole", is_flag=True, help="Of row d: every learner of the sample class.")
def main(only: str | None, rounds: int, whole: bool) -> None:
    """Measure, and print the table. Each row has a process of its own, so that none finds what another left behind."""
    if only is None:
        have = ", ".join(f"{name} {version}" for name, version in versions().items())
        click.echo(f"medians of {rounds} rounds, two things measured in turn; isolation {the_tier(None).value}; {have}")
        extra = ["--whole"] if whole else []
        codes = [
            subprocess.call([sys.executable, "-m", __spec__.name, "--only", name, "--rounds", str(rounds), *extra])
            for name in ROWS
        ]
        sys.exit(max(codes))
    started = time.monotonic()
    measured = functools.partial(klass.rows, whole=whole) if only == "d" else ROWS[only]
    for row in measured(rounds):
        row.show()
    click.echo(f"      ({only}: {time.monotonic() - started:.0f} s)")


if __name__ == "__main__":
    main()
