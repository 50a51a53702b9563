"""``grader list``, ``grader init`` and ``grader check``: what a student types."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import click
from rich.console import Console

from grader.cli.options import course_option, course_to_grade, isolation_option, language_option, the_exercise, the_tier
from grader.cli.terminal import print_grade, say_line
from grader.cli.workflows import SERVICES, workflow_files, workflow_files_with_course
from grader.course import Course
from grader.engine.client import Zygote
from grader.engine.workplace import workplace
from grader.errors import AuthorError
from grader.grades import Score
from grader.grading import PRELOAD, Options, Run, plan
from grader.homework import Homework
from grader.intake import Intake, take_in
from grader.text import say

PROGRAMS = (".py", ".ipynb")
_RELEASE = "Authors make stubs with `grader release`"


@click.command("list")
@course_option
@language_option
def list_exercises(course_dir: Path | None, lang: str) -> None:
    """List the exercises of the course."""
    course = course_to_grade(course_dir)
    click.echo(course.title.in_language(lang))
    width = max((len(slug) for slug in course.slugs), default=0)
    for exercise in course.exercises:
        click.echo(f"  {exercise.number:02d}  {exercise.slug:<{width}}  {exercise.title.in_language(lang)}")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.option("--notebook/--script", default=False, help="Notebooks (.ipynb) or scripts (.py). Default: scripts.")
@click.option("--only", metavar="SLUG", default=None, help="This exercise alone.")
@click.option(
    "--ci",
    type=click.Choice(SERVICES),
    default=None,
    help="Also write what has this service check every push: for instructors who make a template repository of DIR. "
    "Public checks only.",
)
@course_option
@language_option
def init(folder: Path, notebook: bool, only: str | None, ci: str | None, course_dir: Path | None, lang: str) -> None:
    """Put the exercises into your folder, ready to fill in. A file that is there already is left as it is."""
    course = course_to_grade(course_dir)
    chosen = [the_exercise(course, only, lang)] if only else course.exercises
    folder.mkdir(parents=True, exist_ok=True)
    if ci:
        own = workflow_files_with_course(ci, lang, course, chosen) if course_dir else workflow_files(ci, lang)
        _put_all(folder, own, lang)
    suffix = ".ipynb" if notebook else ".py"
    for exercise in chosen:
        target = folder / f"{exercise.slug}{suffix}"
        if not _is_there(target, lang):
            try:
                shutil.copyfile(exercise.stub(suffix, lang), target)
            except OSError as error:
                raise AuthorError(
                    f"{exercise.slug} cannot be written ({error}); is its stub there? {_RELEASE}"
                ) from error
            click.echo(str(target))
    click.echo(
        say("Fill one in, then: grader check {file}", file=folder / f"{chosen[0].slug}{suffix}").in_language(lang)
    )


def _put_all(folder: Path, files: dict[str, str], lang: str) -> None:
    for name, text in files.items():
        target = folder / name
        if not _is_there(target, lang):
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
            click.echo(str(target))


def _is_there(target: Path, lang: str) -> bool:
    """Whether a file is left as it is; says so."""
    there = target.exists()
    if there:
        click.echo(say("{file} is there already; left as it is", file=target).in_language(lang))
    return there


@click.command()
@click.argument("what", required=False, metavar="[FILE|SLUG]")
@course_option
@language_option
@isolation_option
def check(what: str | None, course_dir: Path | None, lang: str, isolation: str | None) -> int:
    """Check your own work: public checks, with what was expected, what came, and a hint.

    FILE is your file, SLUG an exercise whose file lies in this folder; without either every exercise here is checked.
    Exit code: 0 all passed, 1 something to do, 2 usage, 3 the grader's own fault.
    """
    course = public_only(course_to_grade(course_dir))
    intake = _own_files(what, course, lang)
    options = Options(seed=0, tier=the_tier(isolation, lang), jobs=1, hidden=False)
    console = Console()
    planned = [p for p in plan(intake, course, options) if p.job.cells is not None or p.job.error]
    for message in intake.messages:
        say_line(console, message, lang)
    if not planned:
        nothing = say(
            "No file here is named after an exercise ({slugs}); `grader init .` puts them here.",
            slugs=", ".join(course.slugs),
        )
        raise click.UsageError(nothing.in_language(lang))
    score, faulted = Score(), False
    homework = Homework.open(Path(what).parent if what and Path(what).is_file() else Path(), course)
    with (
        workplace() as scratch,
        console.status("TensorFlow …"),
        Zygote.start(preload=PRELOAD) as zygote,
    ):
        for item in planned:
            graded = Run(zygote, course, options, scratch).grade([item], None)[item.key]
            print_grade(console, graded.grade, lang)
            homework.note(graded.grade)
            score, faulted = score + graded.grade.score, faulted or graded.grade.faulted
    homework.save()
    console.print(say("isolation: {tier}", tier=options.tier.value).in_language(lang), style="dim")
    return 3 if faulted else 0 if score.points == score.max_points else 1


def public_only(course: Course) -> Course:
    """The course without its confidential half, as students have it."""
    return dataclasses.replace(
        course, exercises=tuple(dataclasses.replace(e, solutions=None) for e in course.exercises)
    )


def _own_files(what: str | None, course: Course, lang: str) -> Intake:
    here = sorted(p for p in Path().iterdir() if p.suffix in PROGRAMS)
    if what is None:
        return take_in(here, course.slugs, tasks=course.task_names)
    if Path(what).exists():
        return take_in([Path(what)], course.slugs, tasks=course.task_names)
    if what in course.slugs:
        return take_in(here, course.slugs, only=what, tasks=course.task_names)
    nothing = say(
        "There is no file “{name}”, and no exercise of that name. There are: {slugs}",
        name=what,
        slugs=", ".join(course.slugs),
    )
    raise click.UsageError(nothing.in_language(lang))
