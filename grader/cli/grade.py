"""``grader grade`` and ``grader demo``: a class, a learner or a file, from submissions to reports.

Loads little, so that TensorFlow begins to load before the rest of the grader does.
"""

# ruff: noqa: PLC0415 - what takes long to load is loaded while TensorFlow is
from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click

from grader.cli.early import EarlyZygote
from grader.cli.elsewhere import cluster_options, elsewhere, tier_of_cluster
from grader.cli.options import (
    course_option,
    course_to_grade,
    isolation_option,
    job_count,
    jobs_option,
    language_option,
    policy_option,
    roster_option,
    store_option,
    the_exercise,
    the_policy,
    the_roster,
    the_tier,
    warn_unconfined,
)
from grader.engine.tiers import Tier


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
@click.option(
    "--learner",
    metavar="NAME",
    default="",
    help="Everything in PATH is one learner's, called NAME: a repository, say, whatever its folders are called.",
)
@roster_option
@course_option
@language_option
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=None,
    help="Seed of inputs and trainings. Default: one for each exercise, which follows from its hidden checks.",
)
@isolation_option
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    default=None,
    metavar="PERCENT",
    help="Exit with 1 where the class, taken together, scores less.",
)
@click.option("--regrade", is_flag=True, help="Grade everything again, also what has not changed.")
@click.option(
    "--regrade-only", multiple=True, metavar="SLUG", help="Grade this exercise again, also where nothing has changed."
)
@store_option
@policy_option
@click.option("--profile", is_flag=True, help="Say where the time went, here and on the class page.")
@cluster_options
def grade(
    paths: tuple[Path, ...],
    out: Path,
    jobs: int | None,
    only: str | None,
    learner: str,
    roster_file: Path | None,
    course_dir: Path | None,
    lang: str,
    seed: int | None,
    isolation: str | None,
    fail_under: float | None,
    regrade: bool,
    regrade_only: tuple[str, ...],
    store: str,
    policy_file: Path | None,
    profile: bool,
    scheduler: str | None,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> int:
    """Grade submissions and write the reports.

    PATH is a file, a folder of one learner, a folder of learners, a download of a learning platform, or a zip of any of
    these; `grader intake PATH` shows whose is what.

    What was graded before under the same --out is not graded again; a run that was stopped goes on where it stopped.
    Exit code: 0 graded, 1 below --fail-under, 2 usage or an output folder that cannot be used,
    3 the grader's own fault, a disk that ran full meanwhile, or a cluster that is gone.
    """
    began = time.monotonic()
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"there is no {path}")
    roster = the_roster(roster_file, lang)
    # The tier before there is a thread: finding it forks.
    tier = tier_of_cluster(isolation, lang) if scheduler else the_tier(isolation, lang)
    if tier is Tier.PROCESS:
        warn_unconfined(lang)
    with elsewhere(scheduler, (tls_ca, tls_cert, tls_key), jobs, profile) if scheduler else EarlyZygote(out) as place:
        from grader.cli.grading import Keeping, grade_paths
        from grader.grading import Options

        course = course_to_grade(course_dir)
        for slug in (*([only] if only else []), *regrade_only):
            the_exercise(course, slug)
        options = Options(seed, tier, job_count(jobs))
        since = began if profile else None
        return grade_paths(
            paths,
            out,
            course,
            options,
            place,
            only=only,
            owner=learner,
            roster=roster,
            lang=lang,
            fail_under=fail_under,
            profile_since=since,
            keeping=Keeping(store, regrade, regrade_only),
            policy=the_policy(course, policy_file),
        )


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
    course = course_to_grade(course_dir)
    if any(e.solutions is None for e in course.exercises):
        raise click.UsageError(
            "the sample class is made from solutions/, which this course lacks; name a whole one with --course DIR"
        )
    tier = the_tier(isolation, lang)
    with EarlyZygote(out) as early, tempfile.TemporaryDirectory() as folder:
        from grader import sample
        from grader.cli.grading import grade_paths
        from grader.grading import Options

        options = Options(None, tier, job_count(jobs))
        sample.write_class(Path(folder), course)
        return grade_paths([Path(folder)], out, course, options, early, lang=lang)
