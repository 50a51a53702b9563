"""``make bench``: what grading costs, as ratios measured in turn on the same files.

Machines differ and are shared, so no figure here is a test; a reader compares the ratios.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from grader.cli.options import job_count, the_tier
from grader.course import Course, default_root, load_course
from grader.engine.client import Zygote
from grader.grading import PRELOAD, Options, Planned, Run, plan
from grader.intake import take_in
from grader.store import Graded

WITHOUT_TRAINING = "matmul"


def seconds(work: Callable[[], object]) -> float:
    """Wall time of ``work``."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def python(*words: str) -> None:
    """Runs this Python with ``words``."""
    subprocess.run([sys.executable, *words], check=True, capture_output=True)


def planned_for(paths: list[Path], course: Course, options: Options) -> tuple[Planned, ...]:
    """What is to be graded in ``paths``."""
    return plan(take_in(paths, course.slugs), course, options)


def row(name: str, value: str, goal: str, met: bool) -> None:
    """A line of the table."""
    click.echo(f"{name:<68} {value:>12}   goal {goal:<10} {'reached' if met else 'NOT REACHED'}")


def notebook_ratio(run: Run, folder: Path, course: Course, rounds: int) -> None:
    """(a) one notebook graded in a warm grader, against ``jupyter execute`` of the same file."""
    exercise = course.exercise(WITHOUT_TRAINING)
    import jupytext
    import nbformat

    path = folder / f"{exercise.slug}.ipynb"
    nbformat.write(jupytext.read(exercise.solution), path)
    planned = planned_for([path], course, run.options)
    ours, theirs = [], []
    for _ in range(rounds):
        theirs.append(seconds(lambda: python("-m", "jupyter", "execute", "--allow-errors", str(path))))
        ours.append(seconds(lambda: run.grade(planned, None)))
    ratio = statistics.median(ours) / statistics.median(theirs)
    detail = f"{statistics.median(ours):.2f} s / {statistics.median(theirs):.2f} s"
    row(f"(a) a notebook without training, graded / jupyter execute ({detail})", f"{ratio:.3f}", "<= 0.1", ratio <= 0.1)


def overhead(run: Run, folder: Path, course: Course, rounds: int) -> None:
    """(b) all but the learner's own computing, over the ten solutions."""
    graded: list[Graded] = []
    for _ in range(rounds):
        for exercise in course.exercises:
            path = folder / f"{exercise.slug}.py"
            path.write_bytes(exercise.solution.read_bytes())
            graded += run.grade(planned_for([path], course, run.options), None).values()
            path.unlink()
    over = statistics.median(g.wall_s - g.learner_s for g in graded)
    row(f"(b) grader's overhead for a submission, median of {len(graded)}", f"{over:.3f} s", "<= 0.3 s", over <= 0.3)
    for exercise in course.exercises:
        mine = [g for g in graded if g.grade.slug == exercise.slug]
        wall, own = statistics.median(g.wall_s for g in mine), statistics.median(g.learner_s for g in mine)
        click.echo(f"      {exercise.slug:<14} {wall:6.2f} s, of which the learner's own {own:6.2f} s")


def ten_scripts(folder: Path, course: Course, rounds: int) -> None:
    """(c) the whole command on one learner's ten solutions, start of TensorFlow included, against the ten scripts."""
    for exercise in course.exercises:
        (folder / f"{exercise.slug}.py").write_bytes(exercise.solution.read_bytes())
    ours, theirs = [], []
    for i in range(rounds):
        theirs.append(seconds(lambda: [python(str(folder / f"{slug}.py")) for slug in course.slugs]))
        out = folder.parent / f"out-{i}"
        ours.append(
            seconds(
                lambda out=out: python(
                    "-m", "grader", "grade", str(folder), "--out", str(out), "--jobs", str(job_count(None))
                )
            )
        )
    ratio = statistics.median(ours) / statistics.median(theirs)
    detail = f"{statistics.median(ours):.1f} s / {statistics.median(theirs):.1f} s"
    row(f"(c) ten solutions graded / the ten scripts with python ({detail})", f"{ratio:.3f}", "<= 0.5", ratio <= 0.5)


def memory_mb(pid: int) -> float:
    """Memory that the process does not share, and its part of what it does (PSS)."""
    with Path(f"/proc/{pid}/smaps_rollup").open() as file:
        return sum(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024


def flat_memory(run: Run, folder: Path, course: Course, gradings: int) -> None:
    """(d) memory of what lives on between gradings, after the first ten and at the end."""
    import os

    path = folder / f"{WITHOUT_TRAINING}.py"
    path.write_bytes(course.exercise(WITHOUT_TRAINING).solution.read_bytes())
    planned = planned_for([path], course, run.options)
    measured = []
    for i in range(gradings):
        run.grade(planned, None)
        if i == 9:
            measured.append(memory_mb(os.getpid()) + memory_mb(run.zygote.pid))
    measured.append(memory_mb(os.getpid()) + memory_mb(run.zygote.pid))
    grown = measured[1] / measured[0] - 1
    row(
        f"(d) memory of the service over {gradings} gradings ({measured[0]:.0f} -> {measured[1]:.0f} MB)",
        f"{grown:+.1%}",
        "<= 10 %",
        grown <= 0.1,
    )


@click.command()
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--gradings", type=click.IntRange(20), default=200, show_default=True)
def main(rounds: int, gradings: int) -> None:
    """Measure, and print the table."""
    course = load_course(default_root())
    tier = the_tier(None)
    click.echo(f"medians of {rounds} rounds, two things measured in turn; isolation {tier.value}")
    with tempfile.TemporaryDirectory() as scratch, Zygote.start(preload=PRELOAD) as zygote:
        places = [Path(scratch, name) for name in ("a", "b", "c", "d", "run")]
        for place in places:
            place.mkdir()
        run = Run(zygote, course, Options(course.seed, tier), places[4])
        notebook_ratio(run, places[0], course, rounds)
        overhead(run, places[1], course, rounds)
        flat_memory(run, places[3], course, gradings)
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch, "ada")
        place.mkdir()
        ten_scripts(place, course, max(1, rounds // 2))


if __name__ == "__main__":
    main()
