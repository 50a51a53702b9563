"""(d) The sample class with two jobs against one, part by part, so that both meet the same machine."""

from __future__ import annotations

import dataclasses
import os
import statistics
from collections.abc import Iterator
from pathlib import Path

from grader import sample
from grader.grading import Options, Run
from tests.bench.measure import Row, Service, seconds, service

GOAL = 1.7
IN_A_PART = 2  # learners; all of them take ten minutes: `python -m tests.bench --only d --whole`


def rows(rounds: int, whole: bool = False) -> Iterator[Row]:
    """Parts of the class, as different as it is, each graded with one job and with two; ``whole``: no learner is left out."""
    with service() as ready:
        sample.write_class(ready.folder, ready.course)
        learners = sorted(ready.folder.iterdir())
        one, two, count, busy = [], [], 0, [0.0, 0.0]
        for n in range(rounds):
            part = learners[n::rounds] if whole else learners[n :: len(learners) // IN_A_PART][:IN_A_PART]
            for jobs, times in ((1, one), (2, two)):
                before = computed_s()
                times.append(graded(ready, part, jobs))
                busy[jobs - 1] += computed_s() - before
            count += len(part)
    speedup = sum(one) / sum(two)
    parts = [a / b for a, b in zip(one, two, strict=True)]
    notes = (
        f"{sum(one):.1f} s / {sum(two):.1f} s over {count} of {len(learners)} learners in {rounds} parts; median of the parts {statistics.median(parts):.2f}",
        "gradings alone: TensorFlow's start and the pages come once in both",
        f"processors at work meanwhile: {busy[0] / sum(one):.2f} / {busy[1] / sum(two):.2f}; with one job, too, the next kernel is made ready beside it",
    )
    yield Row("(d)", "the sample class: 1 job / 2 jobs", f"{speedup:.2f}", f">= {GOAL}", speedup >= GOAL, notes)


def graded(ready: Service, part: list[Path], jobs: int) -> float:
    """Seconds that the gradings of some learners take."""
    options: Options = dataclasses.replace(ready.run.options, jobs=jobs)
    run = Run(ready.run.zygote, ready.course, options, ready.run.folder)
    planned = ready.planned(*part)
    return seconds(lambda: run.grade(planned, None))


def computed_s() -> float:
    """Seconds that all processors of this machine have computed so far, whoever for."""
    user, nice, system = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:4]
    return (int(user) + int(nice) + int(system)) / os.sysconf("SC_CLK_TCK")
