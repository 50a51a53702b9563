"""What a cluster costs: its start, the course, bytes for each grading, what handing out takes. ``python -m tests.bench.cluster``.

A scheduler and workers on this machine, each behind a relay that counts what it passes on. Then the same class by this
machine alone; then gradings that cost nothing, to see how many a second can be handed out at all.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from distributed import Worker

from grader.cli.options import the_tier
from grader.cluster import station
from grader.cluster.access import Access
from grader.cluster.parcel import pack
from grader.cluster.run import ClusterRun
from grader.course import Course
from grader.engine.client import Zygote
from grader.grades import ExerciseGrade, Status
from grader.grading import PRELOAD, Options, Planned, Run, plan
from grader.intake import take_in
from grader.judge import Job
from grader.store import Graded
from grader.text import Text
from tests.bench import big_class
from tests.bench.measure import the_course
from tests.bench.relay import Relay

TICKS = os.sysconf("SC_CLK_TCK")
REPEATS = 40  # of the class, when gradings cost nothing


@dataclass
class Machines:
    """The address that everybody uses, the relays, and the scheduler's process."""

    address: str
    relays: list[Relay]
    scheduler: int

    @property
    def carried(self) -> int:
        """Bytes so far."""
        return sum(relay.both for relay in self.relays)


@dataclass
class Times:
    """A watch: when what happened first, and how much."""

    machines: Machines | None = None
    began: float = field(default_factory=time.monotonic)
    first: float = 0.0
    carried: int = 0
    graded: list[Graded] = field(default_factory=list)

    def planned(self, total: int) -> None:
        """Of no interest."""

    def begun(self, job: Job, learner: str) -> None:
        """The first one tells when the workers were ready."""
        if not self.first:
            self.first = time.monotonic()
            self.carried = self.machines.carried if self.machines else 0

    def ended(self, job: Job, learner: str, graded: Graded, again: bool) -> None:
        """Kept."""
        self.graded.append(graded)


@contextlib.contextmanager
def cluster(workers: int, threads: int) -> Iterator[Machines]:
    """Real processes on the loopback."""
    with contextlib.ExitStack() as stack:
        ports = [_free_port() for _ in range(workers + 1)]
        relays = [stack.enter_context(Relay(port)) for port in ports]
        scheduler = _start(stack, "scheduler", "--host", "127.0.0.1", "--port", str(ports[0]))
        _await_port(ports[0])
        address = f"tcp://127.0.0.1:{relays[0].port}"
        for port, relay in zip(ports[1:], relays[1:], strict=True):
            here = ["--listen-address", f"tcp://127.0.0.1:{port}"]
            contact = ["--contact-address", f"tcp://127.0.0.1:{relay.port}"]
            _start(stack, "worker", address, "--no-nanny", "--nthreads", str(threads), *here, *contact)
        yield Machines(address, relays, scheduler)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _await_port(port: int) -> None:
    while True:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)


def _start(stack: contextlib.ExitStack, *words: str) -> int:
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *words, "--no-dashboard"],
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return process.pid


def cpu_s(pid: int) -> float:
    """Of one process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / TICKS


def real(machines: Machines, course: Course, planned: Sequence[Planned], options: Options) -> dict[str, Any]:
    """A class on the cluster."""
    watch = Times(machines)
    before = machines.carried
    ClusterRun(Access(machines.address), course, options, watch).grade(planned, None)
    done, count = time.monotonic(), len(planned)
    wall_s = sum(g.wall_s for g in watch.graded)
    return {
        "gradings": count,
        "until_the_first_s": round(watch.first - watch.began, 2),
        "gradings_s": round(done - watch.first, 2),
        "judges_s": round(wall_s, 2),
        "course_packed_kb": round(len(pack(course).data) / 1e3, 1),
        "start_kb_a_worker": round((watch.carried - before) / 1e3 / (len(machines.relays) - 1), 1),
        "kb_a_grading": round((machines.carried - watch.carried) / 1e3 / count, 1),
    }


def alone(course: Course, planned: Sequence[Planned], options: Options) -> dict[str, Any]:
    """The same class by this machine."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch, Zygote.start(preload=PRELOAD) as zygote:
        ready, watch = time.monotonic(), Times()
        Run(zygote, course, options, Path(scratch), watch).grade(planned, None)
        return {
            "start_s": round(ready - began, 2),
            "gradings_s": round(time.monotonic() - ready, 2),
            "judges_s": round(sum(g.wall_s for g in watch.graded), 2),
        }


async def no_station(run: str, course: str, parcel: bytes | None, dask_worker: Worker) -> str:
    """In the place of `station.open_station`: nothing is started."""
    return ""


def no_work(run: str, job: bytes) -> bytes:
    """In the place of `station.grade`: the answer of a judge, of a usual size, at once."""
    what = Job.from_json(json.loads(job))
    words = (Text.same("x" * 4000),)
    grade = ExerciseGrade(what.slug, Text.same(what.slug), Status.GRADED, what.file, what.sha256, words)
    return json.dumps({"graded": Graded(grade, 0.0, 0.0, 0).to_json()}).encode()


def handing_out(machines: Machines, course: Course, planned: Sequence[Planned], options: Options) -> dict[str, Any]:
    """Gradings that cost nothing: how many a second, and whose CPU it takes."""
    stations = station.open_station, station.grade
    station.open_station, station.grade = no_station, no_work
    many = [dataclasses.replace(p, key=f"{p.key}{n}") for n in range(REPEATS) for p in planned]
    watch, ours, theirs = Times(machines), time.process_time(), cpu_s(machines.scheduler)
    try:
        ClusterRun(Access(machines.address), course, options, watch).grade(many, None)
    finally:
        station.open_station, station.grade = stations
    return {
        "gradings": len(many),
        "a_second": round(len(many) / (time.monotonic() - watch.first), 1),
        "coordinator_and_relays_ms": round(1000 * (time.process_time() - ours) / len(many), 2),
        "scheduler_ms": round(1000 * (cpu_s(machines.scheduler) - theirs) / len(many), 2),
    }


@click.command()
@click.option("--learners", type=click.IntRange(1), default=3, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--threads", type=click.IntRange(1), default=1, show_default=True)
@click.option("--only", multiple=True, help="Exercises. Default: all.")
def main(learners: int, workers: int, threads: int, only: tuple[str, ...]) -> None:
    """Measure, and print as JSON."""
    course, tier = the_course(), the_tier(None)
    options = Options(course.seed, tier, workers * threads)
    with tempfile.TemporaryDirectory() as scratch:
        size = big_class.write(Path(scratch), course, learners)
        planned = plan(take_in([Path(scratch)], course.slugs), course, options)
    planned = tuple(p for p in planned if not only or p.job.slug in only)
    said: dict[str, Any] = {"load": os.getloadavg()[0], "kb_a_submission": round(size / len(planned) / 1e3, 2)}
    with cluster(workers, threads) as machines:
        said["cluster"] = real(machines, course, planned, options)
        said["handing_out"] = handing_out(machines, course, planned, options)
    said["this_machine"] = alone(course, planned, options)
    click.echo(json.dumps(said, indent=1))


if __name__ == "__main__":
    main()
