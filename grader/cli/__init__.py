"""The ``grader`` command."""

from __future__ import annotations

import importlib
import sys
import traceback

import click

from grader.cli.spoken import LEARNERS, asked_language, show_wrong, spoken
from grader.cli.stream import guarded
from grader.errors import AuthorError, BadSubmission, ClusterFault, FolderFault, GraderFault
from grader.versions import versions

GRADED, BELOW, USAGE, FAULT, STOPPED = 0, 1, 2, 3, 130
COMMANDS = {  # name -> where it is
    "check": "student:check",
    "demo": "grade:demo",
    "diff": "diff:diff",
    "doctor": "doctor:doctor",
    "export": "export:export",
    "grade": "grade:grade",
    "hint": "homework:hint",
    "init": "student:init",
    "intake": "intake:intake",
    "list": "student:list_exercises",
    "modernize": "modernize:modernize_file",
    "new": "author:new",
    "override": "override:override",
    "package": "package:package",
    "progress": "homework:progress",
    "release": "author:release",
    "reset": "homework:reset",
    "similar": "similar:similar",
    "verify": "author:verify",
    "watch": "watch:watch",
}


class Commands(click.Group):
    """Loads the command that is asked for, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click has it
        """All names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as click has it
        """None where there is no such command."""
        module, _, function = COMMANDS.get(cmd_name, "").partition(":")
        found: click.Command | None = (
            getattr(importlib.import_module(f"grader.cli.{module}"), function, None) if module else None
        )
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """A learner's command explains itself in the language that is asked for."""
        name, command, rest = super().resolve_command(ctx, args)
        if command is not None and name in LEARNERS:
            command = spoken(command, asked_language(args))
        return name, command, rest


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(versions()["gradetape"] or "0.1.0", prog_name="gradetape")
def cli() -> None:
    """Grades TensorFlow and Keras exercises.

    Students: list, init, check, watch, hint, progress, reset, modernize.
    Instructors: intake, grade, diff, override, export, similar, package, demo, doctor. Authors: new, release, verify.
    """


def main() -> None:
    """Runs the command and ends with its exit code: 0 graded, 1 below --fail-under, 2 usage, 3 our own fault or a full disk."""
    with guarded():
        _run()


def _run() -> None:
    try:
        sys.exit(spoken(cli, asked_language(sys.argv)).main(standalone_mode=False) or GRADED)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(STOPPED)
    except click.ClickException as wrong:
        show_wrong(wrong, asked_language(sys.argv))
        sys.exit(USAGE)
    except (AuthorError, BadSubmission) as wrong:
        click.echo(f"grader: {wrong}", err=True)
        sys.exit(USAGE)
    except (ClusterFault, FolderFault) as fault:
        click.echo(f"grader: {fault}", err=True)
        sys.exit(FAULT)
    except GraderFault as fault:
        click.echo(f"grader: this is the grader's own fault, no points were lost: {fault}", err=True)
        sys.exit(FAULT)
    except Exception:  # not what --fail-under means by 1, and guarded like everything else that we print
        click.echo(f"grader: this is the grader's own fault:\n{traceback.format_exc()}", err=True)
        sys.exit(FAULT)
