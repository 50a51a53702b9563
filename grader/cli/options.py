"""Options and look-ups that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from grader.course import Course, Exercise, default_root, load_course, read_course
from grader.engine.environment import exposed
from grader.engine.tiers import Tier, detect
from grader.policy.model import FILE as POLICY
from grader.policy.model import Policy
from grader.policy.reading import read_policy
from grader.text import LANGUAGES, say

if TYPE_CHECKING:
    from grader.intake import Roster

Command = Callable[..., Any]
STORE_VARIABLE = "GRADETAPE_STORE"


def default_language() -> str:
    """Korean where the machine speaks it, else English."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "ko" if spoken.startswith("ko") else "en"


def course_option(command: Command) -> Command:
    """``--course DIR``"""
    return click.option(
        "--course",
        "course_dir",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        default=None,
        metavar="DIR",
        help="Folder with exercises/ and solutions/. Default: the course that comes with GradeTape.",
    )(command)


def roster_option(command: Command) -> Command:
    """``--roster FILE``"""
    return click.option(
        "--roster",
        "roster_file",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        default=None,
        metavar="FILE",
        help="The class as CSV: a gradebook or list of participants as Canvas, Moodle, Gradescope, nbgrader or GitHub "
        "Classroom export it, or one of your own with the columns id, name, email. Joins ids, names and mail.",
    )(command)


def the_roster(file: Path | None, lang: str) -> Roster | None:
    """The roster in ``file``; a usage error says what is wrong with it."""
    if file is None:
        return None
    from grader.intake import BadRoster, read_roster  # noqa: PLC0415 - every command loads this file, few come here

    try:
        return read_roster(file)
    except BadRoster as bad:
        raise click.UsageError(bad.text.in_language(lang)) from None


def store_option(command: Command) -> Command:
    """``--store URL``"""
    return click.option(
        "--store",
        default="",
        envvar=STORE_VARIABLE,
        metavar="URL",
        help=f"Database that keeps grades and runs, as SQLAlchemy names it. Default: {STORE_VARIABLE}, else the file in --out.",
    )(command)


def policy_option(command: Command) -> Command:
    """``--policy FILE``"""
    return click.option(
        "--policy",
        "policy_file",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        metavar="FILE",
        help=f"Deadlines, extra credit, overrides. Default: {POLICY} in the course's folder, if there is one.",
    )(command)


def the_policy(course: Course, named: Path | None) -> Policy | None:
    """The one that is named, or lies in the course's folder. Raises AuthorError."""
    path = named or course.root / POLICY
    return read_policy(path, course.slugs) if named or path.exists() else None


def language_option(command: Command) -> Command:
    """``--lang en|ko``"""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=default_language,
        show_default="from LANG",
        help="Language of what learners read.",
    )(command)


def jobs_option(command: Command) -> Command:
    """``--jobs N``"""
    return click.option(
        "--jobs",
        type=click.IntRange(1, 64),
        default=None,
        metavar="N",
        help="How many to grade at a time. Default: the number of processors.",
    )(command)


def isolation_option(command: Command) -> Command:
    """``--isolation TIER``"""
    return click.option(
        "--isolation",
        type=click.Choice([t.value for t in Tier]),
        default=None,
        help="Demand this tier, and refuse to grade where the machine does not give it. Default: the best there is.",
    )(command)


def the_course(folder: Path | None) -> Course:
    """The course in ``folder``, or the default one."""
    return load_course(folder or default_root())


def course_to_grade(folder: Path | None) -> Course:
    """The same, but an exercise whose files are broken only costs itself; what is wrong is said."""
    course = read_course(folder or default_root())
    for problem in course.problems:
        click.echo(f"BROKEN COURSE FILE: {problem}", err=True)
    return course


def the_exercise(course: Course, slug: str, lang: str = "en") -> Exercise:
    """The exercise called ``slug``; a usage error names the ones there are."""
    try:
        return course.exercise(slug)
    except KeyError:
        there = say("There is no exercise “{slug}”. There are: {slugs}", slug=slug, slugs=", ".join(course.slugs))
        raise click.UsageError(there.in_language(lang)) from None


def the_tier(demanded: str | None, lang: str = "en") -> Tier:
    """The tier to grade in: never below the one demanded. A usage error that says why, and what to do."""
    report = detect()
    if demanded is None or Tier(demanded) in report.given:
        return Tier(demanded or report.best)
    if report.best.reaches(Tier(demanded)):
        return report.best
    from grader.doctor.layers import why_below  # noqa: PLC0415 - every command loads this file, few come here
    from grader.doctor.machine import look  # noqa: PLC0415 - the same

    raise click.UsageError(why_below(Tier(demanded), report, look()).in_language(lang))


def warn_unconfined(lang: str) -> None:
    """Tells whoever grades others' work that nothing holds it here; a student checks their own, and needs no warning."""
    said = say(
        "Warning: the tier “process” confines nothing. Each submission can read your files, solutions among them, and use "
        "the network. “grader doctor” says why, and what to do."
    )
    click.secho(said.in_language(lang), fg="yellow", err=True)


def refuse_exposed(course: Course, tier: Tier) -> None:
    """A usage error where submissions could read the solutions in spite of their confinement."""
    secret = course.root / "solutions"
    if tier is not Tier.PROCESS and secret.exists() and exposed(secret):
        raise click.UsageError(
            f"{secret} lies inside the Python environment, which submissions can read; move the course elsewhere"
        )


def job_count(jobs: int | None) -> int:
    """As asked, or one for each processor we may use."""
    return jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1
