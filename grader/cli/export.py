"""``grader export``: saved grades for Gradescope, Canvas, Moodle, Classroom, CI and spreadsheets."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import click

from grader.cli.options import language_option
from grader.cli.places import places_in
from grader.grades import ClassGrade
from grader.wholefile import put
from reports.formats import FORMATS, CannotExport, Exported, Wishes

_ABOUT = "\n\n".join(f"{name}: {f.about}." for name, f in FORMATS.items())


@click.command(help=f"Write saved grades in the format of another system.\n\n{_ABOUT}")
@click.argument("format_name", metavar="FORMAT", type=click.Choice(list(FORMATS)))
@click.option(
    "--from",
    "report",
    type=click.Path(path_type=Path, exists=True),
    required=True,
    metavar="DIR",
    help="The --out of `grader grade`, or its grades.json.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=None,
    metavar="PATH",
    help="A file, or a folder where the format makes several. Default: standard output.",
)
@click.option(
    "--into",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=None,
    metavar="FILE",
    help="The gradebook or worksheet you downloaded; a copy of it is filled in.",
)
@click.option("--learner", default=None, metavar="ID", help="This learner alone.")
@click.option("--only", default=None, metavar="SLUG", help="This exercise alone instead of the total.")
@click.option("--column", default="", metavar="NAME", help="The gradebook's column.")
@click.option("--feedback-column", default="", metavar="NAME", help="The worksheet's column for feedback.")
@click.option(
    "--sources",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    default=None,
    metavar="DIR",
    help="The folder that was graded, such as a repository: findings get their file and line in it.",
)
@click.option("--meta", multiple=True, metavar="NAME=VALUE", help="What the platform wants to know besides.")
@language_option
def export(
    format_name: str,
    report: Path,
    out: Path | None,
    into: Path | None,
    learner: str | None,
    only: str | None,
    column: str,
    feedback_column: str,
    sources: Path | None,
    meta: tuple[str, ...],
    lang: str,
) -> int:
    """Writes the export; whom nothing was found for is listed on standard error."""
    wanted = FORMATS[format_name]
    if into and not wanted.fills:
        raise click.UsageError(f"{format_name} fills no file; leave --into out")
    klass = _chosen(_saved(report), learner, only)
    places = places_in(sources, {e.sha256 for x in klass.learners for e in x.exercises}) if sources else {}
    wishes = Wishes(lang, only or "", column, feedback_column, _text_of(into) if into else "", _pairs(meta), places)
    try:
        exported = wanted.export(klass, wishes)
    except CannotExport as reason:
        raise click.UsageError(reason.text.in_language(lang)) from None
    _put(exported, out)
    for message in exported.messages:
        click.echo(message.in_language(lang), err=True)
    return 0


def _saved(report: Path) -> ClassGrade:
    path = report / "grades.json" if report.is_dir() else report
    try:
        return ClassGrade.from_json(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise click.UsageError(f"{report} holds no grades.json; is it the --out of `grader grade`?") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise click.UsageError(f"{path} is no grades.json of this version; grade again with it") from None


def _chosen(klass: ClassGrade, learner: str | None, only: str | None) -> ClassGrade:
    slugs = {e.slug for x in klass.learners for e in x.exercises}
    if only and only not in slugs:
        raise click.UsageError(f"there are no grades for “{only}”; there are for: {', '.join(sorted(slugs))}")
    if learner is None:
        return klass
    found = tuple(x for x in klass.learners if learner in (x.id, x.name))
    if len(found) != 1:
        raise click.UsageError(f"there is no learner “{learner}” in these grades")
    return dataclasses.replace(klass, learners=found)


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise click.UsageError(f"{path} is no text; save it as CSV in UTF-8")


def _pairs(meta: tuple[str, ...]) -> dict[str, str]:
    pairs = [item.partition("=") for item in meta]
    if any(not sign for _, sign, _ in pairs):
        raise click.UsageError("--meta wants NAME=VALUE")
    return {name: value for name, _, value in pairs}


def _put(exported: Exported, out: Path | None) -> None:
    several = len(exported.files) > 1
    if out is None and several:
        raise click.UsageError("this makes a file for each learner: name a folder with --out, or one with --learner")
    for file in exported.files:
        if out is None:
            sys.stdout.buffer.write(file.text.encode(errors="backslashreplace"))
            continue
        path = out / file.name if several or out.is_dir() else out
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, file.text.encode(errors="backslashreplace"))
        click.echo(path)
