"""``grader modernize``: old TensorFlow and Keras spellings in a file, shown as a patch and mended where that is sure."""

from __future__ import annotations

import difflib
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.syntax import Syntax
from rich.text import Text as Styled

from grader.cli.options import language_option
from grader.cli.terminal import say_line
from grader.errors import BadSubmission
from grader.harmless import harmless
from grader.homework import free_name
from grader.intake.saved import Saved, read_saved
from grader.legacy import Modernized, modernize, unread
from grader.text import Text, say


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
    saved = _saved(file)
    cells, put_together = _opened(file, saved)
    found = modernize(cells)
    unreadable = [(number, error) for number, cell in enumerate(cells, 1) if (error := unread(cell))]
    _show(file, cells, found, unreadable, lang, written=yes)
    left = bool(found.left or unreadable)
    if not found.changed:
        return 1 if left else 0
    if only_show:
        return 1
    if not yes and not (
        sys.stdin.isatty() and click.confirm(say("Write this to {file}?", file=file.name).in_language(lang))
    ):
        click.echo(say("Nothing was written. With --yes it is written without asking.").in_language(lang))
        return 1
    kept = free_name(file, "old")
    kept.write_bytes(file.read_bytes())
    file.write_bytes(saved.encoded(put_together(found)))
    done = say("{file} is written; as it was it is kept in {kept}.", file=file.name, kept=kept.name)
    click.echo(done.in_language(lang))
    return 1 if left else 0


def _saved(file: Path) -> Saved:
    try:
        return read_saved(file.name, file.read_bytes())
    except UnicodeError:
        raise BadSubmission(
            say("{file} holds characters that cannot be read. Save it as UTF-8, then try again.", file=file.name)
        ) from None


def _opened(file: Path, saved: Saved) -> tuple[list[str], Callable[[Modernized], str]]:
    """The code cells, and how to put changed ones back so that nothing else of the file changes."""
    if file.suffix.lower() != ".ipynb":
        return [saved.text], lambda found: saved.with_ends(found.cells[0], found.before[0])
    try:
        notebook = json.loads(saved.text)
        places = [c for c in notebook["cells"] if c["cell_type"] == "code"]
        sources = ["".join(c["source"]) for c in places]
    except (ValueError, KeyError, TypeError):
        raise BadSubmission(
            say("{file} is no notebook that can be read; open it in Jupyter and save it again.", file=file.name)
        ) from None

    def put_together(found: Modernized) -> str:
        for place, before, cell in zip(places, sources, found.cells, strict=True):
            if cell != before:
                place["source"] = cell.splitlines(keepends=True) if isinstance(place["source"], list) else cell
        indent = re.match(r"\{\n( +)", saved.text)
        written = json.dumps(notebook, ensure_ascii=False, indent=len(indent[1]) if indent else None)
        return (written + "\n" * saved.text.endswith("\n")).replace("\n", next(iter(saved.ends), "\n"))

    return sources, put_together


def _show(
    file: Path,
    cells: list[str],
    found: Modernized,
    unreadable: list[tuple[int, SyntaxError]],
    lang: str,
    *,
    written: bool,
) -> None:
    console = Console(soft_wrap=True)
    before, after = (_lines("\n\n".join(parts)) for parts in (cells, found.cells))
    patch = "".join(difflib.unified_diff(before, after, file.name, file.name))
    if patch:
        shown = harmless(patch)
        console.print(Syntax(shown, "diff", background_color="default") if console.is_terminal else Styled(shown))
    for number, error in unreadable:
        words = say(
            "Line {line} cannot be read as Python ({error}). Nothing was looked at there; mend that, then try again.",
            line=error.lineno or 1,
            error=error.msg or type(error).__name__,
        )
        say_line(console, _in_cell(number, words, several=len(cells) > 1), lang)
    for title, sightings in (
        (say("Mended:"), found.changed),
        (say("Left for you, as only you can know what is meant:"), found.left if written else found.left_before()),
    ):
        if sightings:
            click.echo(title.in_language(lang))
            for sighting in sightings:
                placed = _in_cell(sighting.cell + 1, sighting.text, several=len(cells) > 1)
                click.echo(f"  {harmless(placed.in_language(lang))}")
    if not found.changed and not found.left and not unreadable:
        click.echo(say("No old spelling was found.").in_language(lang))


def _lines(text: str) -> list[str]:
    """With their ends, the last one too: a patch shows each in a line of its own."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")]


def _in_cell(number: int, text: Text, *, several: bool) -> Text:
    cell = say("cell {n}", n=number)
    return Text(f"{cell.en}: {text.en}", f"{cell.ko}: {text.ko}") if several else text
