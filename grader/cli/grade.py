"""``grader grade`` and ``grader demo``: a class, a learner or a file, from submissions to reports."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console

import reports
from grader import sample
from grader.cli.options import (
    course_option,
    isolation_option,
    job_count,
    jobs_option,
    language_option,
    refuse_exposed,
    the_course,
    the_exercise,
    the_tier,
    warn_unconfined,
)
from grader.cli.progress import Bar
from grader.cli.terminal import say_line
from grader.course import Course
from grader.engine.client import Zygote
from grader.engine.tiers import Tier
from grader.engine.workplace import workplace
from grader.errors import FolderFault
from grader.grades import ClassGrade, Profile, Score, Timing
from grader.grading import PRELOAD, Options, Run, assemble, plan
from grader.intake import take_in
from grader.ledger import Ledger
from grader.store import Store


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Where reports and grades go.",
)
@jobs_option
@click.option("--only", metavar="SLUG", default=None, help="Grade this exercise alone.")
@course_option
@language_option
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=None,
    help="Seed of inputs and trainings. Default: one that follows from the hidden checks.",
)
@isolation_option
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    default=None,
    metavar="PERCENT",
    help="Exit with 1 where the class, taken together, scores less.",
)
@click.option("--profile", is_flag=True, help="Say where the time went, here and on the class page.")
def grade(
    paths: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    only: str | None,
    course_dir: Path | None,
    lang: str,
    seed: int | None,
    isolation: str | None,
    fail_under: float | None,
    profile: bool,
) -> int:
    """Grade submissions and write the reports.

    PATH is a file, a folder of one learner, a folder of learners, or a zip of any of these.

    What was graded before under the same --out is not graded again; a run that was stopped goes on where it stopped.
    Exit code: 0 graded, 1 below --fail-under, 2 usage or an output folder that cannot be used,
    3 the grader's own fault or a disk that ran full meanwhile.
    """
    course = the_course(course_dir)
    if only:
        the_exercise(course, only)
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no {path}")
    options = Options(course.seed if seed is None else seed, the_tier(isolation, lang), job_count(jobs))
    if options.tier is Tier.PROCESS:
        warn_unconfined(lang)
    return grade_paths(paths, out, course, options, only=only, lang=lang, fail_under=fail_under, profile=profile)


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo-report"),
    show_default=True,
    metavar="DIR",
)
@jobs_option
@course_option
@language_option
@isolation_option
def demo(out: Path, jobs: int | None, course_dir: Path | None, lang: str, isolation: str | None) -> int:
    """Grade the sample class: learners made from the course's own variants, with all that goes wrong in a real one."""
    course = the_course(course_dir)
    if any(e.solutions is None for e in course.exercises):
        raise click.UsageError(
            "the sample class is made from solutions/, which this course lacks; name a whole one with --course DIR"
        )
    options = Options(course.seed, the_tier(isolation, lang), job_count(jobs))
    with tempfile.TemporaryDirectory() as folder:
        sample.write_class(Path(folder), course)
        return grade_paths([Path(folder)], out, course, options, lang=lang)


def grade_paths(
    paths: Sequence[Path],
    out: Path,
    course: Course,
    options: Options,
    *,
    only: str | None = None,
    lang: str = "en",
    fail_under: float | None = None,
    profile: bool = False,
) -> int:
    """Grades and reports; the exit code."""
    began = time.monotonic()
    refuse_exposed(course, options.tier)
    console = Console(stderr=True)
    intake = take_in(paths, course.slugs, only=only)
    planned = plan(intake, course, options)
    for message in intake.messages:
        say_line(console, message, lang)
    if not planned:
        raise click.UsageError(f"nothing to grade: no file is named after an exercise ({', '.join(course.slugs)})")
    with _opened(out) as store:
        if store.set_aside:
            click.echo(f"the grades kept in {out} could not be read; they lie in {store.set_aside.name} now", err=True)
        with Bar(console) as bar, workplace() as scratch:
            ledger = Ledger(options.jobs, bar, began) if profile else None
            try:
                with Zygote.start(preload=PRELOAD) as zygote:
                    run = Run(zygote, course, options, scratch, ledger or bar)
                    done = run.grade(planned, store)
            except (KeyboardInterrupt, FolderFault):
                console.print("stopped; what is graded is kept. The same command goes on from there.")
                raise
        klass, timings = assemble(intake, course, options, planned, done)
        if ledger:
            ledger.graded(planned, timings)
        written = _written(klass, out, lang, timings, ledger)
    for fault in run.faults:
        click.echo(fault, err=True)
    _say_result(klass, written.index, bar.again)
    if ledger:
        _say_profile(ledger.account()[1])
    return _exit_code(klass, fail_under)


def _opened(out: Path) -> Store:
    """What is kept in ``out``; a folder that cannot be used before anything is done is a usage error."""
    try:
        return Store(out)
    except FolderFault as fault:
        raise click.UsageError(str(fault)) from fault


def _written(
    klass: ClassGrade, out: Path, lang: str, timings: Sequence[Timing], ledger: Ledger | None
) -> reports.Written:
    try:
        return reports.write(klass, out, lang=lang, timings=timings, ledger=ledger)
    except OSError as error:
        raise FolderFault.of(out, error) from error


def _say_result(klass: ClassGrade, index: Path, again: int) -> None:
    faults = [f"{learner.name}/{e.slug}" for learner in klass.learners for e in learner.exercises if e.faulted]
    score = total(klass)
    kept = f" ({again} of the gradings were there already)" if again else ""
    click.echo(
        f"{len(klass.learners)} learners graded, {score.points} of {score.max_points} points, {score.percent} %{kept}; "
        f"isolation: {klass.capsule.isolation}"
    )
    if faults:
        click.echo(
            f"GRADER'S OWN FAULT in {len(faults)}: {', '.join(faults[:10])}; no points were lost, grade them again",
            err=True,
        )
    click.echo(f"report: {index}")


def _say_profile(profile: Profile) -> None:
    seconds = ", ".join(f"{name} {spent:.1f}" for name, spent in profile.spent.to_json().items())
    click.echo(f"where {profile.wall_s:.1f} seconds went, {profile.jobs} at a time: {seconds}")


def total(klass: ClassGrade) -> Score:
    """The class taken together."""
    return sum((learner.score for learner in klass.learners), Score())


def _exit_code(klass: ClassGrade, fail_under: float | None) -> int:
    if klass.faulted:
        return 3
    score = total(klass)
    if fail_under is not None and score.points * 100 < fail_under * score.max_points:
        return 1
    return 0
