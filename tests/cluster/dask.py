"""A cluster of one's own making: what Dask's client is asked by a run, answered from a script. No process, no network."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import defaultdict

from grader.cluster.terms import ours
from grader.grades import CheckResult, ExerciseGrade, Finding, Outcome, Status
from grader.store import Graded
from grader.text import Text

LAYERS = dict.fromkeys(("namespaces", "seccomp", "pidfd", "landlock"), "ok")


def right(job):
    """As a judge answers that found all as it should be."""
    title = Text.same(job["slug"])
    check = CheckResult("c", title, True, Outcome.PASSED, 2, Finding(Text.same("good")))
    grade = ExerciseGrade(job["slug"], title, Status.GRADED, job["file"], job["sha256"], (), (check,))
    return {"graded": Graded(grade, 1.0, 0.5, 100).to_json(), "faults": []}


class Future:
    """Of one task."""

    def __init__(self, coroutine):
        self._coroutine = coroutine

    def __await__(self):
        return self._coroutine.__await__()

    def release(self):
        """Nothing is held."""


class Cluster:
    """``answers``: address -> what it does with a job: a function of (cluster, job) that may await."""

    def __init__(self, **answers):
        self.answers = answers
        self.there = dict.fromkeys(answers, 1)
        self.terms = {address: {**ours().to_json(), "layers": LAYERS} for address in answers}
        self.status = "running"
        self._start_arg = "tcp://cluster:1"
        self.graded = defaultdict(list)  # address -> files
        self.parcels = defaultdict(list)
        self.left = []
        self.most = self.now = self.renewed = 0

    async def nthreads(self):
        return dict(self.there)

    async def run(self, function, *words, workers, on_error="raise"):
        if function.__name__ == "renew_lease":
            self.renewed += 1
            await asyncio.sleep(600)  # a worker that hangs
        return {address: self.told(function.__name__, words, address) for address in workers}

    def told(self, name, words, address):
        if name == "tell_terms":
            terms = self.terms[address]
            if isinstance(terms, Exception):
                raise terms
            return json.dumps({"terms": terms, "name": address, "courses": []}).encode()
        if name == "open_station":
            self.parcels[address].append(words[1:])
        if name == "leave_station":
            self.left.append(address)
        return ""

    def submit(self, function, run, job, key, workers, allow_other_workers, pure):
        assert not allow_other_workers
        return Future(self.answer(workers[0], json.loads(job)))

    async def answer(self, address, job):
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(0)
        try:
            said = self.answers[address](self, job)
            if asyncio.iscoroutine(said):
                said = await said
        finally:
            self.now -= 1
        self.graded[address].append(job["file"])
        return said if isinstance(said, bytes) else json.dumps(said).encode()

    @contextlib.asynccontextmanager
    async def connected(self, access):
        yield self


def good(cluster, job):
    """A worker as it should be."""
    return right(job)


def raises(error):
    """One whose task ends so."""

    def answer(cluster, job):
        raise error

    return answer


async def hangs(cluster, job):
    """One that never answers, and is gone a moment later."""
    cluster.there.pop("dying", None)
    await asyncio.sleep(600)
