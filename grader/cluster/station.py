"""On a worker: a zygote with its judges, and the courses that runs have brought. Functions here are what is asked of a worker.

Whatever a learner's program has said leaves the worker as JSON in bytes: Dask pickles nothing of it. One station serves
all runs and threads of its worker; it is taken down when the last run leaves, or has not been heard of for long.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
import threading
import time
from typing import Any

from distributed import Worker, WorkerPlugin, get_worker

from grader.cluster.parcel import Parcel, unpack
from grader.cluster.terms import look
from grader.course import Course, read_course
from grader.engine.environment import exposed
from grader.engine.workplace import workplace
from grader.errors import ClusterFault, FolderFault, GradeTapeError
from grader.judge import Job
from grader.judges import Judges, fresh_zygote

NAME = "gradetape"
LEASE_S = 600  # after which a run that says nothing has ended without saying so
_TEND_S = 20


class Station(WorkerPlugin):
    """Lives in the worker's process; its slow steps run in threads, so that the worker goes on answering."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.courses: dict[str, Course] = {}  # by the parcel's sha256
        self.leases: dict[str, tuple[str, float]] = {}  # run -> its course, and until when
        self.judges: Judges | None = None
        self.held = contextlib.ExitStack()
        self.told = 0  # how many of the judges' faults have been reported
        self.telling = threading.Lock()
        self.tending: asyncio.Task[None] | None = None

    async def open(self, run: str, course: str, parcel: bytes | None) -> None:
        """Makes ready for a run. Raises GradeTapeError, ValueError, OSError."""
        async with self.lock:
            if self.judges is None:
                self.judges = await asyncio.to_thread(self._start)
            if course not in self.courses:
                if parcel is None:
                    raise ClusterFault("the course has gone meanwhile")
                root = await asyncio.to_thread(unpack, Parcel(course, parcel), self.judges.folder)
                self.courses[course] = read_course(root)
            self.leases[run] = course, time.monotonic() + LEASE_S
            if self.tending is None:
                self.tending = asyncio.create_task(self._tend())

    def renew(self, run: str) -> None:
        """The run goes on."""
        if run in self.leases:
            self.leases[run] = self.leases[run][0], time.monotonic() + LEASE_S

    async def leave(self, run: str) -> None:
        """The run has ended; with the last one all is taken down."""
        async with self.lock:
            self.leases.pop(run, None)
            if not self.leases:
                await self._take_down()

    async def teardown(self, worker: Worker) -> None:  # noqa: ARG002 - as Dask has it
        """The worker ends."""
        async with self.lock:
            self.leases.clear()
            await self._take_down()

    def grade(self, run: str, job: Job) -> dict[str, Any]:
        """In one of the worker's threads: the grade, or why there is none here."""
        lease, judges = self.leases.get(run), self.judges
        if lease is None or judges is None:
            return {"absent": "it has ended what it began for this run"}
        course = self.courses[lease[0]]
        here, home = str(course.root), job.course
        try:
            graded = judges.grade(dataclasses.replace(job, course=here), course.exercise(job.slug))
        except GradeTapeError as fault:
            return {"broken": str(fault).replace(here, home)}
        return {"graded": graded.to_json(), "faults": [f.replace(here, home) for f in self._untold(judges)]}

    def _start(self) -> Judges:
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(workplace())
            if exposed(folder):
                raise FolderFault(
                    f"{folder} lies where submissions can read it; set TMPDIR of the worker to a folder elsewhere"
                )
            judges = Judges(stack.enter_context(fresh_zygote()), folder)
            stack.callback(judges.close)
            stack.callback(judges.stop)
            self.held = stack.pop_all()
        self.told = 0
        return judges

    async def _take_down(self) -> None:
        if self.tending is not None and self.tending is not asyncio.current_task():
            self.tending.cancel()
        self.tending, self.judges = None, None
        self.courses.clear()
        await asyncio.to_thread(self.held.close)

    async def _tend(self) -> None:
        """Lets go of runs that have not been heard of."""
        while self.leases:
            await asyncio.sleep(_TEND_S)
            now = time.monotonic()
            for run in [run for run, (_, until) in self.leases.items() if until < now]:
                await self.leave(run)

    def _untold(self, judges: Judges) -> list[str]:
        with self.telling:
            new = judges.faults[self.told :]
            self.told += len(new)
        return new


def station_of(worker: Worker) -> Station | None:
    """The worker's, where it has one."""
    found = worker.plugins.get(NAME)
    return found if isinstance(found, Station) else None


async def tell_terms(dask_worker: Worker) -> bytes:
    """What the worker has, what it is called, and which courses are there."""
    terms = await asyncio.to_thread(look)
    station = station_of(dask_worker)
    courses = list(station.courses) if station else []
    return json.dumps({"terms": terms.to_json(), "name": str(dask_worker.name), "courses": courses}).encode()


async def open_station(run: str, course: str, parcel: bytes | None, dask_worker: Worker) -> str:
    """Has the worker make ready for ``run``; "", or why it cannot."""
    station = station_of(dask_worker)
    if station is None:
        station = Station()
        await dask_worker.plugin_add(station, name=NAME)
    try:
        await station.open(run, course, parcel)
    except (GradeTapeError, OSError, ValueError) as error:
        return str(error)
    return ""


async def renew_lease(run: str, dask_worker: Worker) -> None:
    """The run goes on."""
    if station := station_of(dask_worker):
        station.renew(run)


async def leave_station(run: str, dask_worker: Worker) -> None:
    """The run has ended."""
    if station := station_of(dask_worker):
        await station.leave(run)


def grade(run: str, job: bytes) -> bytes:
    """The task: grades one job for ``run`` on the worker that runs this."""
    station = station_of(get_worker())
    if station is None:
        return json.dumps({"absent": "it has no station"}).encode()
    return json.dumps(station.grade(run, Job.from_json(json.loads(job)))).encode()
