"""``grader modernize``: old TensorFlow and Keras spellings in a file, shown as a patch and mended where that is sure."""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.syntax import Syntax

from grader.cli.options import language_option
from grader.errors import BadSubmission
from grader.homework import free_name
from grader.intake.decoding import decode
from grader.legacy import Modernized, Sighting, modernize
from grader.text import say


@click.command("modernize")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--diff", "only_show", is_flag=True, help="Show the patch, write nothing.")
@language_option
def modernize_file(file: Path, yes: bool, only_show: bool, lang: str) -> int:
    """Mend what TensorFlow 2.21 and Keras 3 no longer take in FILE, a script or notebook.

    The patch is shown first; the file as it was is kept beside it as FILE.old. What only you can know is listed and left.
    Exit code: 0 nothing is left to do, 1 something is.
    """
    text = decode(file.name, file.read_bytes()).text
    cells, put_together = _opened(file, text)
    found = modernize(cells)
    _show(file, cells, found, lang)
    if not found.changed:
        return 1 if found.left else 0
    if only_show:
        return 1
    if not yes and not (
        sys.stdin.isatty() and click.confirm(say("Write this to {file}?", file=file.name).in_language(lang))
    ):
        click.echo(say("Nothing was written. With --yes it is written without asking.").in_language(lang))
        return 1
    kept = free_name(file, "old")
    kept.write_bytes(file.read_bytes())
    file.write_text(put_together(found.cells), encoding="utf-8", newline="")
    done = say("{file} is written; as it was it is kept in {kept}.", file=file.name, kept=kept.name)
    click.echo(done.in_language(lang))
    return 1 if found.left else 0


def _opened(file: Path, text: str) -> tuple[list[str], Any]:
    """The code cells, and how to put changed ones back so that nothing else of the file changes."""
    if file.suffix != ".ipynb":
        return [text], lambda cells: cells[0]
    try:
        notebook = json.loads(text)
        places = [c for c in notebook["cells"] if c["cell_type"] == "code"]
        sources = ["".join(c["source"]) for c in places]
    except (ValueError, KeyError, TypeError):
        raise BadSubmission(
            say("{file} is no notebook that can be read; open it in Jupyter and save it again.", file=file.name)
        ) from None

    def put_together(cells: tuple[str, ...]) -> str:
        for place, cell in zip(places, cells, strict=True):
            place["source"] = cell.splitlines(keepends=True)
        return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"

    return sources, put_together


def _show(file: Path, cells: list[str], found: Modernized, lang: str) -> None:
    console = Console()
    before, after = ("\n\n".join(parts).splitlines(keepends=True) for parts in (cells, found.cells))
    patch = "".join(difflib.unified_diff(before, after, file.name, file.name))
    if patch:
        console.print(
            Syntax(patch, "diff", background_color="default") if console.is_terminal else patch, highlight=False
        )
    for title, sightings in (
        (say("Mended:"), found.changed),
        (say("Left for you, as only you can know what is meant:"), found.left),
    ):
        if sightings:
            console.print(title.in_language(lang), highlight=False, markup=False)
            for sighting in sightings:
                console.print(f"  {_placed(sighting, len(cells) > 1, lang)}", highlight=False, markup=False)
    if not found.changed and not found.left:
        console.print(say("No old spelling was found.").in_language(lang), highlight=False)


def _placed(sighting: Sighting, several: bool, lang: str) -> str:
    cell = f"{say('cell {number}', number=sighting.cell + 1).in_language(lang)}: " if several else ""
    return cell + sighting.text.in_language(lang)
