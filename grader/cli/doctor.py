"""``grader doctor``: which tier this machine gives and why, what is missing, and how to get it."""

from __future__ import annotations

import json
from itertools import groupby
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text as Styled

from grader.cli.options import course_option, isolation_option, job_count, jobs_option, language_option, the_course
from grader.doctor import DETAIL, Diagnosis, Item, Part, State, examine
from grader.engine.tiers import Tier
from grader.text import say

_SIGNS = {State.OK: ("✓", "bold green"), State.NOTE: ("-", "bold yellow"), State.ATTENTION: ("✗", "bold red")}


@click.command()
@click.option("--quick", is_flag=True, help="Start no engine and run no session: a second instead of ten.")
@click.option("--json", "as_json", is_flag=True, help="Write what was found as JSON.")
@jobs_option
@course_option
@language_option
@isolation_option
def doctor(
    quick: bool, as_json: bool, jobs: int | None, course_dir: Path | None, lang: str, isolation: str | None
) -> int:
    """Say which tier of isolation this machine gives, what is missing, and how to get it.

    A session is run in each tier that should work; a tier is believed only after that. With --isolation TIER, it
    counts as missing whatever that tier needs.

    Exit code: 0 grading works here, 1 something needs attention, 3 the grader's own fault.
    """
    demanded = Tier(isolation) if isolation else None
    with Console(stderr=True).status("TensorFlow …"):
        found = examine(the_course(course_dir), demanded=demanded, jobs=job_count(jobs), quick=quick)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=2))
    else:
        _print(Console(), found, lang)
    return 0 if found.healthy else 1


def _print(console: Console, found: Diagnosis, lang: str) -> None:
    headings = {
        Part.ISOLATION: say("Isolation"),
        Part.SESSIONS: say("Sessions"),
        Part.SURROUNDINGS: say("Surroundings"),
    }
    console.print(Styled(found.machine))
    for part, items in groupby(found.items, key=lambda item: item.part):
        console.print()
        console.print(Styled(headings[part].in_language(lang), style="bold"))
        for item in items:
            if item.state is not State.OK or not item.id.startswith(DETAIL):
                _print_item(console, item, lang)
    attention = sum(item.state is State.ATTENTION for item in found.items)
    console.print()
    if attention:
        console.print(
            Styled(say("Needs attention: {n}, marked ✗ above.", n=attention).in_language(lang), style="bold red")
        )
    else:
        said = say("Grading works here, in the tier “{tier}”.", tier=found.tier.value)
        console.print(Styled(said.in_language(lang), style="bold"))


def _print_item(console: Console, item: Item, lang: str) -> None:
    sign, style = _SIGNS[item.state]
    line = Styled(f" {sign} ", style=style)
    line.append(f"{item.name.in_language(lang)}: {item.said.in_language(lang)}", style="not bold default")
    console.print(line, soft_wrap=True)  # what is to be copied comes in one piece
    if item.repair:
        console.print(Styled(f"     → {item.repair.in_language(lang)}", style="cyan"), soft_wrap=True)
