"""The ``grader`` command."""

from __future__ import annotations

import sys

import click

from grader.cli.author import new, release, verify
from grader.cli.doctor import doctor
from grader.cli.export import export
from grader.cli.grade import demo, grade
from grader.cli.modernize import modernize_file
from grader.cli.stream import guarded
from grader.cli.student import check, init, list_exercises
from grader.errors import AuthorError, BadSubmission, FolderFault, GraderFault
from grader.versions import versions

GRADED, BELOW, USAGE, FAULT, STOPPED = 0, 1, 2, 3, 130


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(versions()["gradetape"] or "0.1.0", prog_name="gradetape")
def cli() -> None:
    """Grades TensorFlow and Keras exercises.

    Students: list, init, check, modernize. Instructors: grade, export, demo, doctor. Authors: new, release, verify.
    """


for command in (grade, export, check, modernize_file, list_exercises, init, verify, release, new, demo, doctor):
    cli.add_command(command)


def main() -> None:
    """Runs the command and ends with its exit code: 0 graded, 1 below --fail-under, 2 usage, 3 our own fault or a full disk."""
    with guarded():
        _run()


def _run() -> None:
    try:
        sys.exit(cli.main(standalone_mode=False) or GRADED)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(STOPPED)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(USAGE)
    except (AuthorError, BadSubmission) as wrong:
        click.echo(f"grader: {wrong}", err=True)
        sys.exit(USAGE)
    except FolderFault as fault:
        click.echo(f"grader: {fault}", err=True)
        sys.exit(FAULT)
    except GraderFault as fault:
        click.echo(f"grader: this is the grader's own fault, no points were lost: {fault}", err=True)
        sys.exit(FAULT)
