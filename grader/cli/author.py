"""``grader verify``, ``grader release`` and ``grader new``: what a course author types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from grader import skeleton
from grader.cli.options import (
    course_option,
    isolation_option,
    job_count,
    jobs_option,
    the_course,
    the_exercise,
    the_tier,
)
from grader.cli.progress import Bar
from grader.course import Course, Exercise
from grader.engine.client import Zygote
from grader.engine.tiers import Tier
from grader.engine.workplace import workplace
from grader.grading import PRELOAD, Options, Planned, Run
from grader.intake.sources import read_cells
from grader.judge import Job
from grader.lint import broken_rules
from grader.release import release as released
from grader.store import key_of
from grader.variants import Variant, broken_promises, variants_of


@click.command()
@click.argument("slug", required=False)
@click.option(
    "--seeds",
    type=click.IntRange(1, 1000),
    default=1,
    show_default=True,
    metavar="N",
    help="Grade everything with N seeds.",
)
@click.option("--kind", type=click.Choice(["stub", "solution", "right", "wrong"]), default=None, help="Only these.")
@jobs_option
@course_option
@isolation_option
def verify(
    slug: str | None, seeds: int, kind: str | None, jobs: int | None, course_dir: Path | None, isolation: str | None
) -> int:
    """Prove the course: stubs get 0 points, solutions and right variants all, wrong ones fail what they name.

    Exit code: 0 all as promised, 1 not.
    """
    course = the_course(course_dir)
    exercises = (the_exercise(course, slug),) if slug else course.exercises
    console = Console(stderr=True)
    problems = [f"{e.slug}: {rule}" for e in exercises for rule in broken_rules(e)]
    cases = [
        case
        for number in range(seeds)
        for e in exercises
        for case in _cases(e, course, _seed(number), the_tier(isolation), kind)
    ]
    with Bar(console) as bar, workplace() as scratch, Zygote.start(preload=PRELOAD) as zygote:
        options = Options(0, the_tier(isolation), job_count(jobs))
        done = Run(zygote, course, options, scratch, bar).grade([planned for _, planned in cases], None)
    problems += [
        f"{planned.job.slug}: {variant.name} with seed {planned.job.seed}: {problem}"
        for variant, planned in cases
        for problem in broken_promises(variant, done[planned.key].grade)
    ]
    for problem in problems:
        click.echo(problem)
    click.echo(
        f"{len(cases)} gradings of {len(exercises)} exercises with {seeds} seeds; {len(problems)} not as promised"
    )
    return 1 if problems else 0


def _seed(number: int) -> int:
    return int(hashlib.sha256(f"verify {number}".encode()).hexdigest()[:7], 16)


def _cases(
    exercise: Exercise, course: Course, seed: int, tier: Tier, kind: str | None
) -> Iterator[tuple[Variant, Planned]]:
    for variant in variants_of(exercise):
        if kind in (None, variant.kind):
            data = variant.path.read_bytes()
            job = Job(
                course=str(course.root),
                slug=exercise.slug,
                file=f"{exercise.slug}.py",
                sha256=hashlib.sha256(data).hexdigest(),
                cells=read_cells(variant.path.name, data).code,
                seed=seed,
                tier=tier.value,
            )
            yield variant, Planned(variant.name, variant.name, job, key_of([exercise.slug, variant.path, seed]))


@click.command()
@click.argument("slug", required=False)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where a file is not up to date.")
@course_option
def release(slug: str | None, only_check: bool, course_dir: Path | None) -> int:
    """Write stub and notebook, in both languages, from the reference solution."""
    course = the_course(course_dir)
    stale = 0
    for exercise in (the_exercise(course, slug),) if slug else course.exercises:
        for path, text in released(exercise).items():
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            stale += 1
            click.echo(f"{'out of date' if only_check else 'written'}: {path}")
            if not only_check:
                path.write_text(text, encoding="utf-8")
    return 1 if only_check and stale else 0


@click.command()
@click.argument("slug")
@course_option
def new(slug: str, course_dir: Path | None) -> None:
    """Begin an exercise: its two folders with a solution, checks and words to change."""
    course = the_course(course_dir)
    for path in skeleton.write(course, slug):
        click.echo(str(path))
    click.echo(f"Now change them, then: grader release {slug} && grader verify {slug}")
