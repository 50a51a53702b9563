"""``grader package``: a course as the autograder of another platform."""

from __future__ import annotations

import dataclasses
import json
import shlex
from pathlib import Path

import click

from grader.cli.options import course_option, isolation_option, language_option, the_course, the_exercise
from grader.cli.templates import template
from grader.cli.wheel import wheel, zipped
from grader.course import Course, load_checks
from grader.text import say
from grader.wholefile import put
from reports.formats.gradescope import nothing_graded

PLATFORMS = ("gradescope",)
_OF_EXERCISE = ("exercise.toml", "checks.py")
_SPARE_S = 30  # until the platform ends a run by itself, and shows nothing of it


@click.command()
@click.argument("platform", type=click.Choice(PLATFORMS))
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("autograder.zip"),
    show_default=True,
    metavar="FILE",
    help="The zip to upload.",
)
@click.option("--only", metavar="SLUG", multiple=True, help="This exercise alone; may be repeated.")
@click.option(
    "--minutes",
    type=click.IntRange(1, 40),
    default=10,
    show_default=True,
    help="The time-out that is set on the platform; grading ends a little before, and what is graded by then counts.",
)
@course_option
@language_option
@isolation_option
def package(
    platform: str,
    out: Path,
    only: tuple[str, ...],
    minutes: int,
    course_dir: Path | None,
    lang: str,
    isolation: str | None,
) -> int:
    """Pack the course, hidden checks included, as the autograder of a platform.

    Reference solutions and variants stay here. For Gradescope: upload the file under "Configure Autograder".
    """
    course = the_course(course_dir)
    if only:
        wanted = {the_exercise(course, slug).slug for slug in only}
        course = dataclasses.replace(course, exercises=tuple(e for e in course.exercises if e.slug in wanted))
    body = _gradescope(course, minutes, lang, isolation)
    out.parent.mkdir(parents=True, exist_ok=True)
    put(out, body)
    points = sum(check.points for e in course.exercises for check in load_checks(e))
    click.echo(
        f"{out}: {len(course.exercises)} exercises, {len(body) / 1e6:.1f} MB; it holds hidden checks, keep it to yourself"
    )
    click.echo(
        f"On {platform.capitalize()}: {points} autograder points, a container of Ubuntu 24.04 with 0.5 CPU and 0.75 GB or more, "
        f"a time-out of {minutes} minutes. Its log says after the build in which tier submissions are confined."
    )
    return 0


def _gradescope(course: Course, minutes: int, lang: str, isolation: str | None) -> bytes:
    name, body = wheel()
    run = template("gradescope-run_autograder")
    options = shlex.join(["--lang", lang, *(["--isolation", isolation] if isolation else [])])
    filled = {"@SECONDS@": str(60 * minutes - _SPARE_S), "@OPTIONS@": options}
    for mark, value in filled.items():
        run = run.replace(mark, value)
    waiting = say(
        "Nothing has been graded: the grader was stopped, or failed, before it came to your work. "
        "This is not your fault, and the score above is not your grade. Your instructor can start the grading again."
    )
    files = {
        "setup.sh": template("gradescope-setup.sh").encode(),
        "run_autograder": run.encode(),
        "not_graded.json": (json.dumps(nothing_graded(waiting, lang), ensure_ascii=False, indent=1) + "\n").encode(),
        name: body,
        **_graded(course),
    }
    return zipped(files, executable=frozenset({"setup.sh", "run_autograder"}))


def _graded(course: Course) -> dict[str, bytes]:
    """What grading needs of the course: checks, words and limits, public and hidden."""
    files = {"course/exercises/course.toml": (course.root / "exercises" / "course.toml").read_bytes()}
    for exercise in course.exercises:
        for folder in (exercise.folder, exercise.solutions):
            for name in _OF_EXERCISE:
                if folder is not None and (folder / name).exists():
                    files[f"course/{(folder / name).relative_to(course.root).as_posix()}"] = (
                        folder / name
                    ).read_bytes()
    return files
