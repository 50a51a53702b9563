"""What a worker keeps for the runs that it serves, and when it lets go. No zygote is started here."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from grader.cluster import station
from grader.cluster.parcel import pack
from grader.cluster.station import NAME, Station
from grader.course import load_course
from grader.errors import FolderFault, GraderFault
from grader.judge import Job
from grader.store import Graded
from tests.cli.conftest import SLUG
from tests.cluster.dask import right


class Judges:
    """They grade at once."""

    def __init__(self, folder):
        self.folder = folder
        self.faults = []
        self.fault = None
        self.courses = []

    def grade(self, job, exercise):
        self.courses.append(Path(job.course))
        if self.fault:
            raise self.fault
        return Graded.from_json(right(job.to_json())["graded"])


class Worker:
    """As far as a station knows it."""

    def __init__(self):
        self.plugins = {}
        self.name = "w"

    async def plugin_add(self, plugin, name):
        self.plugins[name] = plugin


@pytest.fixture
def judges(tmp_path, monkeypatch):
    """Those of every station; ``ended`` counts how often they were taken down."""
    made = Judges(tmp_path / "run")
    made.ended = []

    def start(self):
        made.folder.mkdir()
        self.held.callback(lambda: made.ended.append(1))
        self.held.callback(shutil.rmtree, made.folder)
        return made

    monkeypatch.setattr(Station, "_start", start)
    return made


@pytest.fixture
def parcel(made_course):
    return pack(load_course(made_course))


def job(home):
    return json.dumps(Job(str(home), SLUG, "twice.py", "", ("x = 1",), 1, "strict").to_json()).encode()


async def asked(worker, monkeypatch, run, home):
    monkeypatch.setattr(station, "get_worker", lambda: worker)
    return json.loads(await asyncio.to_thread(station.grade, run, job(home)))


def test_a_course_is_unpacked_once_for_all_runs_and_removed_with_the_last(judges, parcel, monkeypatch, tmp_path):
    async def story():
        worker = Worker()
        assert await station.open_station("one", parcel.sha256, parcel.data, worker) == ""
        assert await station.open_station("two", parcel.sha256, None, worker) == ""
        assert "graded" in await asked(worker, monkeypatch, "one", tmp_path)
        await station.leave_station("one", worker)
        assert "graded" in await asked(worker, monkeypatch, "two", tmp_path)
        assert await asked(worker, monkeypatch, "one", tmp_path) == {
            "absent": "it has ended what it began for this run"
        }
        assert judges.ended == []
        await station.leave_station("two", worker)
        assert judges.ended == [1]
        assert len(set(judges.courses)) == 1
        assert not judges.courses[0].exists()

    asyncio.run(story())


def test_a_run_that_is_never_heard_of_again_is_let_go(judges, parcel, monkeypatch):
    monkeypatch.setattr(station, "LEASE_S", -1)
    monkeypatch.setattr(station, "_TEND_S", 0.01)

    async def story():
        worker = Worker()
        await station.open_station("one", parcel.sha256, parcel.data, worker)
        async with asyncio.timeout(10):
            while not judges.ended:  # noqa: ASYNC110 - it is set in a thread
                await asyncio.sleep(0.01)

        monkeypatch.setattr(station, "LEASE_S", 600)
        assert await station.open_station("two", parcel.sha256, parcel.data, worker) == "", "it can begin again"
        await station.renew_lease("two", worker)
        await station.renew_lease("never heard of", worker)
        await asyncio.sleep(0.05)
        assert judges.ended == [1]
        await worker.plugins[NAME].teardown(worker)
        assert judges.ended == [1, 1]

    asyncio.run(story())


def test_a_worker_that_cannot_begin_says_why(judges, parcel, monkeypatch):
    async def story():
        worker = Worker()
        assert "did not arrive" in await station.open_station("one", parcel.sha256, b"other", worker)
        assert "gone meanwhile" in await station.open_station("one", parcel.sha256, None, worker)

        def no_room(self):
            raise FolderFault("no room in /tmp")

        monkeypatch.setattr(Station, "_start", no_room)
        assert await station.open_station("one", parcel.sha256, parcel.data, Worker()) == "no room in /tmp"

    asyncio.run(story())


def test_a_fault_of_the_worker_is_told_in_words_of_the_course_at_home(judges, parcel, monkeypatch, tmp_path):
    async def story():
        worker = Worker()
        await station.open_station("one", parcel.sha256, parcel.data, worker)
        root = worker.plugins[NAME].courses[parcel.sha256].root
        judges.faults.append(f"{root}/exercises/x is broken")
        assert (await asked(worker, monkeypatch, "one", tmp_path))["faults"] == [f"{tmp_path}/exercises/x is broken"]
        assert (await asked(worker, monkeypatch, "one", tmp_path))["faults"] == [], "once"
        judges.fault = GraderFault("4 zygotes died")
        assert await asked(worker, monkeypatch, "one", tmp_path) == {"broken": "4 zygotes died"}
        await station.leave_station("one", worker)

    asyncio.run(story())


def test_a_worker_without_a_station_grades_nothing(monkeypatch, tmp_path):
    async def story():
        worker = Worker()
        assert await asked(worker, monkeypatch, "one", tmp_path) == {"absent": "it has no station"}
        await station.renew_lease("one", worker)
        await station.leave_station("one", worker)

    asyncio.run(story())


def test_a_folder_that_submissions_can_read_is_refused(monkeypatch):
    monkeypatch.setattr(station, "exposed", lambda folder: True)
    with pytest.raises(FolderFault, match="set TMPDIR of the worker"):
        Station()._start()
