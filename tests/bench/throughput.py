"""``make bench-class``: a class of hundreds by the whole command: how many a minute, what of it is the learners' own, memory, pages.

The class is made from stubs and variants (`tests.bench.big_class`). With ``--learners`` fewer than 300 the figure for 300
is an extrapolation, and says so: start and pages come once, gradings grow with the class.
"""

from __future__ import annotations

import dataclasses
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from grader.cli.options import job_count
from grader.versions import versions
from tests.bench import big_class
from tests.bench.flatness import Reading, Slope, Watch, slope
from tests.bench.measure import the_course

WHOLE = 300


@dataclass(frozen=True)
class Result:
    """What was measured."""

    learners: int
    gradings: int
    jobs: int
    processors: int
    load_before: float  # of the machine: who else was at work
    submitted_mb: float
    wall_s: float  # the whole command
    grading_s: float  # from the first that began to the last that ended, as near as the profile tells
    pages_s: float
    per_second: float
    per_minute: float
    median_s: float
    learners_own_cpu: float  # the learners' CPU seconds, as a share of the gradings' seconds
    learners_own_wall: float  # cells and calls, waiting for their own processes included
    faulted: int
    peak_mb: int  # of one learner's program
    memory: Slope
    memory_resident: Slope
    class_page_kb: int
    learner_page_kb: int  # median
    pages_mb: float
    isolation: str

    @property
    def for_the_whole(self) -> float:
        """Minutes for 300 learners at this rate."""
        once = self.wall_s - self.grading_s - self.pages_s
        return (once + (self.grading_s + self.pages_s) * WHOLE / self.learners) / 60


def measure(learners: int, jobs: int, report: Path) -> Result:
    """One run of the command over a fresh class."""
    course = the_course()
    with tempfile.TemporaryDirectory() as scratch:
        size = big_class.write(Path(scratch, "class"), course, learners)
        load = os.getloadavg()[0]
        words = ["grade", str(Path(scratch, "class")), "--out", str(report), "--jobs", str(jobs), "--profile"]
        began = time.monotonic()
        with Path(scratch, "said").open("w+") as said:
            command = subprocess.Popen([sys.executable, "-m", "grader", *words], stdout=said, stderr=said)
            with Watch(command.pid) as watch:
                command.wait()
            wall_s = time.monotonic() - began
            if command.returncode:
                raise click.ClickException(Path(said.name).read_text(encoding="utf-8"))
    return _result(report, watch.readings, learners, jobs, load, size, wall_s)


def _result(
    report: Path, readings: list[Reading], learners: int, jobs: int, load: float, size: int, wall_s: float
) -> Result:
    timed = json.loads((report / "timings.json").read_bytes())
    timings: list[dict[str, Any]] = timed["timings"]
    spent = timed["profile"]["spent"]
    grading_s = sum(spent[name] for name in ("session", "cells", "calls", "judging"))
    graded_s = sum(t["wall_s"] for t in timings)
    own = sum(t["spent"]["cells"] + t["spent"]["calls"] for t in timings if "spent" in t)
    pages = [p.stat().st_size for p in (report / "learners").iterdir()]
    grades = json.loads((report / "grades.json").read_bytes())
    return Result(
        learners=learners,
        gradings=len(timings),
        jobs=jobs,
        processors=job_count(None),
        load_before=round(load, 2),
        submitted_mb=round(size / 1e6, 2),
        wall_s=round(wall_s, 1),
        grading_s=round(grading_s, 1),
        pages_s=round(spent["pages"] + spent["pictures"], 1),
        per_second=round(len(timings) / grading_s, 3),
        per_minute=round(60 * len(timings) / grading_s, 1),
        median_s=round(statistics.median(t["wall_s"] for t in timings), 3),
        learners_own_cpu=round(sum(t["learner_s"] for t in timings) / graded_s, 3),
        learners_own_wall=round(own / graded_s, 3),
        faulted=sum(e["status"] == "faulted" for one in grades["learners"] for e in one["exercises"]),
        peak_mb=max(t["peak_mb"] for t in timings),
        memory=slope([(r.at_s, r.whole) for r in readings]),
        memory_resident=slope([(r.at_s, r.resident) for r in readings]),
        class_page_kb=(report / "index.html").stat().st_size // 1000,
        learner_page_kb=int(statistics.median(pages)) // 1000,
        pages_mb=round(sum(pages) / 1e6, 1),
        isolation=grades["capsule"]["isolation"],
    )


def table(r: Result) -> str:
    """For a person."""
    have = ", ".join(f"{name} {version}" for name, version in versions().items())
    all_of_them = "measured" if r.learners == WHOLE else f"EXTRAPOLATED from {r.learners}"
    rows = [
        ("class", f"{r.learners} learners, {r.gradings} gradings, {r.submitted_mb} MB of scripts"),
        ("machine", f"{r.processors} processors, load {r.load_before} before; {r.jobs} at a time; {r.isolation}; {have}"),
        ("the whole command", f"{r.wall_s} s: gradings {r.grading_s} s, pages {r.pages_s} s, the rest starts TensorFlow"),
        ("throughput", f"{r.per_second} gradings a second, {r.per_minute} a minute; median of one {r.median_s} s"),
        ("300 learners", f"{r.for_the_whole:.0f} minutes ({all_of_them})"),
        ("the learners' own", f"{r.learners_own_cpu:.0%} of a grading is their CPU, {r.learners_own_wall:.0%} their cells and calls"),
        ("memory, all processes", _line(r.memory)),
        ("... command and zygote", _line(r.memory_resident)),
        ("memory of one program", f"at most {r.peak_mb} MB"),
        ("pages", f"class {r.class_page_kb} kB, a learner's {r.learner_page_kb} kB, learners' together {r.pages_mb} MB"),
        ("our own faults", str(r.faulted)),
    ]  # fmt: skip
    return "\n".join(f"{name:<24} {words}" for name, words in rows)


def _line(s: Slope) -> str:
    return f"median {s.median_mb:.0f} MB, at most {s.most_mb:.0f} MB (PSS); slope {s.mb_per_hour:+.1f} ± {s.error:.1f} MB an hour"


@click.command()
@click.option("--learners", type=click.IntRange(1), default=WHOLE, show_default=True)
@click.option("--jobs", type=click.IntRange(1), default=None, help="At a time. Default: the number of processors.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("bench-out"), show_default=True, help="Report and JSON."
)
def main(learners: int, jobs: int | None, out: Path) -> None:
    """Measure; print the table, and write it as JSON."""
    with tempfile.TemporaryDirectory() as scratch:
        result = measure(learners, job_count(jobs), Path(scratch, "report"))
    click.echo(table(result))
    out.mkdir(parents=True, exist_ok=True)
    data = {**dataclasses.asdict(result), "minutes_for_300": round(result.for_the_whole, 1), "versions": versions()}
    (out / "class.json").write_text(json.dumps(data, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{out / 'class.json'}")


if __name__ == "__main__":
    main()
