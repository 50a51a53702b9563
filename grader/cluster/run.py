"""One run over a plan on a Dask cluster: each idle thread of a worker is given the next grading.

The scheduler carries messages and watches who lives; which worker grades what is decided here, so that a worker that does
not fit gets nothing, none waits behind a long training, and what a lost worker had is graded elsewhere.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.cluster import station
from grader.cluster.access import Access, connected
from grader.cluster.crew import Crew
from grader.cluster.parcel import pack
from grader.cluster.terms import ours
from grader.course import Course
from grader.errors import ClusterFault
from grader.grading import Options, Planned, Watch, heaviest_first, keep, kept
from grader.judges import failed, faulted
from grader.store import Graded
from grader.store.store import Store

TRIES = 3
MOST_BAD = 3
WAIT_S = 60.0  # for a worker to come
ROLL_S = 1.0


@dataclass
class ClusterRun:
    """As `grading.Run`, elsewhere. ``most``: so many gradings at a time on all workers together; None: as many as threads."""

    access: Access
    course: Course
    options: Options
    watch: Watch | None = None
    tell: Callable[[str], None] = lambda _: None
    most: int | None = None
    wait_s: float = WAIT_S
    faults: list[str] = field(default_factory=list)

    def grade(self, planned: Sequence[Planned], store: Store | None) -> dict[str, Graded]:
        """Finished grades by key. Raises ClusterFault and FolderFault; what was graded until then is kept."""
        todo = {p.key: p for p in planned}
        done = kept(planned, store, self.watch)
        left = heaviest_first([p for key, p in todo.items() if key not in done], self.course)
        if left:
            asyncio.run(self._grade(left, lambda item, graded: keep(item, graded, done, store, self.watch)))
        return done

    async def _grade(self, left: Iterable[Planned], keeps: Callable[[Planned, Graded], None]) -> None:
        parcel = pack(self.course)
        async with connected(self.access) as client:
            crew = Crew(client, secrets.token_hex(8), parcel, ours(), self.options.tier, self.tell)
            work = _Work(self, crew, deque(left), keeps)
            try:
                await work.do()
            finally:
                await _end(work.at_work)
                await crew.leave()


@dataclass
class _Work:
    """What is left, and what is being graded where."""

    run: ClusterRun
    crew: Crew
    left: deque[Planned]
    keeps: Callable[[Planned, Graded], None]
    at_work: dict[asyncio.Task[bytes], tuple[Planned, str]] = field(default_factory=dict)
    tries: Counter[str] = field(default_factory=Counter)  # of an item
    bad: Counter[str] = field(default_factory=Counter)  # answers of a worker, one after another
    alone_since: float = field(default_factory=time.monotonic)

    async def do(self) -> None:
        """Until nothing is left. Raises ClusterFault where nobody can grade any more."""
        rolled = 0.0
        while self.left or self.at_work:
            if time.monotonic() > rolled + ROLL_S:
                await self._lost(await self.crew.call_roll())
                rolled = time.monotonic()
            self.crew.settle()
            self._demand_workers()
            self._hand_out()
            if waiting := [*self.at_work, *self.crew.opening]:
                await asyncio.wait(waiting, timeout=ROLL_S, return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.sleep(ROLL_S)
            for task in [t for t in self.at_work if t.done()]:
                await self._take(task)

    def _hand_out(self) -> None:
        """One to each worker that is idle, again and again, so that few gradings spread over all."""
        most = self.run.most or len(self.left) + len(self.at_work)
        while idle := [a for a, n in self.crew.idle.items() if n > 0]:
            for address in idle:
                if not self.left or len(self.at_work) >= most:
                    return
                item = self.left.popleft()
                self.crew.idle[address] -= 1
                self.at_work[asyncio.create_task(self._ask(item, address))] = item, address
                if self.run.watch:
                    self.run.watch.begun(item.job, item.name)

    async def _ask(self, item: Planned, address: str) -> bytes:
        job = json.dumps(item.job.to_json()).encode()
        key = f"gradetape-{self.crew.run}-{secrets.token_hex(8)}"  # shown on Dask's pages: no learner's name
        future = self.crew.client.submit(
            station.grade, self.crew.run, job, key=key, workers=[address], allow_other_workers=False, pure=False
        )
        try:
            answer: bytes = await future
        finally:
            future.release()
        return answer

    async def _take(self, task: asyncio.Task[bytes]) -> None:
        """The answer, validated as a judge's is; or back it goes."""
        item, address = self.at_work.pop(task)
        if address in self.crew.idle:
            self.crew.idle[address] += 1
        try:
            answer = json.loads(task.result())
            graded = _graded(answer, item)
        except Exception as error:  # a lost worker shows in many ways: KilledWorker, CancelledError, half an answer
            await self._lost(await self.crew.call_roll())  # raises where it is the scheduler that was lost
            self._bad_answer(item, address, f"{type(error).__name__}: {error}")
            return
        for fault in answer.get("faults", ()):
            self._note(f"worker {address}: {fault}")
        if graded is not None:
            self.bad[address] = 0
            self.keeps(item, graded)
        elif "absent" in answer:
            self.crew.idle.pop(address, None)  # it is new to us from now on
            self.left.appendleft(item)
        else:
            self.crew.dismiss(address, str(answer["broken"]))
            self._again(item, address, str(answer["broken"]))

    def _bad_answer(self, item: Planned, address: str, why: str) -> None:
        """A worker that only fails is fast; it must not eat up everybody's tries."""
        self.bad[address] += 1
        if self.bad[address] >= MOST_BAD and address in self.crew.idle:
            self.crew.dismiss(address, f"{MOST_BAD} answers were none: {why}")
        self._again(item, address, why)

    async def _lost(self, gone: set[str]) -> None:
        theirs = [task for task, (_, address) in self.at_work.items() if address in gone]
        await _end(theirs)
        for task in theirs:
            item, address = self.at_work.pop(task)
            self._again(item, address, "the worker is gone")

    def _again(self, item: Planned, address: str, why: str) -> None:
        """Back to the others; too often, and it is our fault, which costs no points."""
        self._note(f"{item.job.file} ({item.job.slug}) was lost with worker {address}: {why}")
        self.tries[item.key] += 1
        if self.tries[item.key] < TRIES:
            self.left.append(item)  # last, when others have shown what their worker is worth
        else:
            self.keeps(item, faulted(item.job, self.run.course.exercise(item.job.slug), failed()))

    def _demand_workers(self) -> None:
        """Raises ClusterFault where nobody grades, and nobody has come for long."""
        if self.crew.idle or self.crew.opening:
            self.alone_since = time.monotonic()
            return
        refused = "; ".join(f"{address}: {why}" for address, why in self.crew.refused.items())
        if time.monotonic() > self.alone_since + self.run.wait_s:
            raise ClusterFault(
                f"no worker at {self.run.access.url} can grade ({refused or 'there is none'}); "
                "start one that has what this machine has, then the same command"
            )

    def _note(self, fault: str) -> None:
        if fault not in self.run.faults:
            self.run.faults.append(fault)


async def _end(tasks: Iterable[asyncio.Task[bytes]]) -> None:
    """Nobody waits for these any more; what they raise is heard, and nobody's business."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _graded(answer: dict[str, Any], item: Planned) -> Graded | None:
    """The grade in the answer, None where it says why there is none. Raises ValueError, KeyError, TypeError for anything else."""
    if "absent" in answer or "broken" in answer:
        return None
    graded = Graded.from_json(answer["graded"])
    if (graded.grade.slug, graded.grade.sha256) != (item.job.slug, item.job.sha256):
        raise ValueError("this is the grade of something else")
    return graded
