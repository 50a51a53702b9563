"""``grader intake``: whose file is for which exercise, and why, before anything is graded. Starts no TensorFlow."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console

from grader.cli.intake_view import as_json, print_intake
from grader.cli.options import course_option, language_option, roster_option, the_course, the_exercise, the_roster
from grader.errors import FolderFault
from grader.intake import Intake, take_in
from grader.intake.afterwards import tried
from grader.intake.sorted_out import write_out


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path, exists=True))
@roster_option
@click.option("--only", metavar="SLUG", default=None, help="This exercise alone.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="DIR",
    help="Copy the work there, cleaned: submitted/LEARNER/EXERCISE/, as nbgrader has it, and roster.csv.",
)
@click.option("--dry-run", is_flag=True, help="Show only, whatever else is said.")
@click.option("--json", "json_", is_flag=True, help="Write what was found as JSON.")
@course_option
@language_option
def intake(
    paths: tuple[Path, ...],
    roster_file: Path | None,
    only: str | None,
    out: Path | None,
    dry_run: bool,
    json_: bool,
    course_dir: Path | None,
    lang: str,
) -> int:
    """Show whose file is for which exercise and why, and what could not be assigned. Nothing is graded.

    PATH is what `grader grade` takes: a file, a folder, a zip; the downloads of Canvas, Moodle, Gradescope and nbgrader and
    clones of GitHub are known, also several in one folder. Nothing is dropped: whatever belongs to nobody is listed.

    Exit code: 0 everything was assigned, 1 something was not or wants a look, 2 usage, 3 a disk that ran full.
    """
    course = the_course(course_dir)
    if only:
        the_exercise(course, only)
    roster = the_roster(roster_file, lang)
    taken = tried(take_in(paths, course.slugs, only=only, tasks=course.task_names, roster=roster))
    if json_:
        click.echo(json.dumps(as_json(taken, course.slugs), ensure_ascii=False, indent=2))
    else:
        print_intake(Console(), taken, course.slugs, lang)
    if out and not dry_run:
        _write(taken, out)
    return 1 if _wants_a_look(taken) else 0


def _wants_a_look(taken: Intake) -> bool:
    here = [one for one in taken.learners if one.id not in taken.absent]
    files = [file for one in here for file in one.submissions]
    return bool(taken.messages or any(one.messages for one in here) or any(f.error or f.messages for f in files))


def _write(taken: Intake, out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        raise click.UsageError(f"{out} is not empty; name a new folder with --out")
    try:
        count = write_out(taken, out)
    except OSError as error:
        raise FolderFault.of(out, error) from error
    click.echo(
        f"{count} files lie in {out / 'submitted'}; next: grader grade {out} --roster {out / 'roster.csv'} --out report",
        err=True,
    )
