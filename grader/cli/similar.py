"""``grader similar``: which submissions are alike, as evidence with both sides for instructors."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

import reports
from grader.cli.options import course_option, course_to_grade, language_option, the_exercise
from grader.cli.terminal import say_line
from grader.errors import FolderFault
from grader.intake import take_in


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where the page goes. Best the --out of `grader grade`: what it recorded is compared too.",
)
@click.option("--only", metavar="SLUG", default=None, help="Compare this exercise alone.")
@course_option
@language_option
def similar(paths: tuple[Path, ...], out: Path, only: str | None, course_dir: Path | None, lang: str) -> int:
    """Show which submissions are alike, both sides next to each other.

    PATH is what `grader grade` takes. Nothing is run, no points change: it is a list of what is worth a look, and of
    what honest learners may share as well. Writes similarity.html and similarity.json, for instructors only.
    """
    from grader.alike.graded import signs_of  # noqa: PLC0415 - what compares loads matplotlib; a wrong option needs it not
    from grader.alike.whole import compare  # noqa: PLC0415 - the same

    course = course_to_grade(course_dir)
    if only:
        the_exercise(course, only)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(str(FolderFault.of(out, error))) from error
    intake = take_in(paths, course.slugs, only=only, tasks=course.task_names)
    console = Console(stderr=True)
    for message in intake.messages:
        say_line(console, message, lang)
    found = compare(intake, course, signs_of(out))
    try:
        page = reports.write_similarity(found, out, lang=lang)
    except OSError as error:
        raise FolderFault.of(out, error) from error
    compared = sum(e.submissions for e in found.exercises)
    pairs = len(found.pairs) + found.left_out
    click.echo(f"{compared} submissions compared, {pairs} {'pair is' if pairs == 1 else 'pairs are'} worth a look")
    click.echo(f"for instructors only: {page}")
    return 0
