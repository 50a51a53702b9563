"""``grader diff``: who changed between two gradings, by how much, and why."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.attempts import History, attempts_of
from grader.cli.options import store_option
from grader.errors import FolderFault
from grader.grades import ClassGrade
from grader.harmless import on_one_line
from grader.run_diff import Change, Difference, Side, difference, signed

WIDE = 140  # columns where there is no terminal
_TWO = 2


@click.command()
@click.argument("what", nargs=-1, metavar="[OUT] [RUN RUN] | FILE FILE")
@store_option
@click.option("--json", "as_json", is_flag=True, help="The same as data.")
def diff(what: tuple[str, ...], store: str, as_json: bool) -> int:
    """Compare two gradings of a class.

    OUT is the --out of `grader grade`: its last two runs are compared, or the two that are numbered. Two such folders, or two
    grades.json, are compared with each other.

    Exit code: 0 all grades are the same, 1 some differ, 2 usage.
    """
    before, after = _sides(what, store)
    found = difference(before, after)
    if as_json:
        click.echo(json.dumps(found.to_json(), ensure_ascii=False, indent=1))
    else:
        _show(found)
    return 1 if found.changes else 0


def _sides(what: tuple[str, ...], store: str) -> tuple[Side, Side]:
    numbers = [int(word) for word in what if word.isdecimal()]
    places = [word for word in what if not word.isdecimal()]
    if len(places) == _TWO and not numbers:
        return _saved(Path(places[0])), _saved(Path(places[1]))
    if len(places) > 1 or len(numbers) not in (0, _TWO) or not (places or store):
        raise click.UsageError("name the --out of `grader grade`, and two runs of it if you like; or two grades.json")
    known, name = _history(places[0] if places else store)
    if len(known.runs) < _TWO and not numbers:
        raise click.UsageError(
            f"{name} has recorded {len(known.runs)} of the two runs that are needed; grade again first"
        )
    wanted = numbers or [run.number for run in known.runs[-_TWO:]]
    return _of_run(known, wanted[0]), _of_run(known, wanted[1])


def _history(place: str) -> tuple[History, str]:
    """What is known there, and how to call it: a URL may hold a password."""
    from grader.store.place import at_url  # noqa: PLC0415 - loads SQLAlchemy, which two files need not
    from grader.store.store import history  # noqa: PLC0415 - the same

    try:
        if "://" in place:
            return history(place), str(at_url(place))
        return history(Path(place)), place
    except FileNotFoundError:
        raise click.UsageError(f"{place} has no grades.sqlite; is it the --out of `grader grade`?") from None
    except FolderFault as fault:
        raise click.UsageError(str(fault)) from fault


def _of_run(known: History, number: int) -> Side:
    run = next((r for r in known.runs if r.number == number), None)
    if run is None:
        there = ", ".join(str(r.number) for r in known.runs[-10:]) or "none"
        raise click.UsageError(f"there is no run {number}; the last ones are: {there}")
    return Side(f"run {number}, {run.ended}", run.capsule, known.seen_in(number))


def _saved(path: Path) -> Side:
    file = path / "grades.json" if path.is_dir() else path
    try:
        klass = ClassGrade.from_json(json.loads(file.read_text(encoding="utf-8")))
    except OSError as error:
        raise click.UsageError(f"{file} cannot be read ({error.strerror})") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise click.UsageError(f"{file} is no grades.json") from None
    return Side(str(file), klass.capsule, tuple(attempts_of(klass)))


def _show(found: Difference) -> None:
    click.echo(f"{found.before}\n{found.after}")
    for reason in found.circumstances:
        click.echo(f"  {on_one_line(reason.text)}")
    if not found.changes:
        click.echo("all grades are the same")
        return
    table = Table("learner", "exercise", "before", "after", "change", "checks", "why", show_edge=False, pad_edge=False)
    for change in found.changes:
        table.add_row(*map(Text, _row(change)))
    console = Console(file=sys.stdout)
    if not console.is_terminal:
        console = Console(file=sys.stdout, width=WIDE)
    console.print(table)
    for total in found.totals:
        click.echo(f"{on_one_line(total.name)}: {total.before} → {total.after} ({signed(total.points) or '±0'})")
    click.echo(f"{len(found.changes)} grades of {len({c.learner for c in found.changes})} learners differ")


def _row(change: Change) -> tuple[str, ...]:
    both = change.before and change.after  # of a grading that is on one side only, each check would say the same
    checks = "\n".join(
        f"{c.id}: {c.before or 'none'} → {c.after or 'none'} {signed(c.points)}".rstrip()
        for c in (change.checks if both else ())
    )
    why = "\n".join(on_one_line(reason.text) for reason in change.reasons)
    name = on_one_line(change.name)
    return name, change.slug, change.before or "–", change.after or "–", signed(change.points), checks, why
