"""Who of the cluster's workers grades for a run: each is looked at, given the course, and dismissed where it does not fit."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from grader.cluster import station
from grader.cluster.parcel import Parcel
from grader.cluster.terms import Terms
from grader.engine.tiers import Tier
from grader.errors import ClusterFault

ANSWER_S = 60  # the scheduler's, to a question that costs it nothing
RENEW_S = station.LEASE_S / 10
_LEAVE_S = 30


@dataclass
class Crew:
    """The workers, by their address."""

    client: Any  # of Dask's
    run: str
    parcel: Parcel
    ours: Terms
    tier: Tier
    tell: Callable[[str], None]  # whoever looks after the cluster
    idle: dict[str, int] = field(default_factory=dict)  # threads without work, of workers that grade for us
    refused: dict[str, str] = field(default_factory=dict)  # why
    opening: dict[asyncio.Task[str], str] = field(default_factory=dict)
    threads: dict[str, int] = field(default_factory=dict)  # of all there are
    renewed: float = field(default_factory=time.monotonic)
    renewing: asyncio.Task[None] | None = None

    async def call_roll(self) -> set[str]:
        """Has workers that came made ready; those that are gone. Raises ClusterFault where the scheduler is."""
        self.threads = await self._all()
        gone = self.idle.keys() - self.threads.keys()
        for address in gone:
            del self.idle[address]
        self.refused = {a: why for a, why in self.refused.items() if a in self.threads}
        for address in self.threads.keys() - self.idle.keys() - self.refused.keys() - set(self.opening.values()):
            self.opening[asyncio.create_task(self._admit(address))] = address
        self._renew()
        return gone

    def settle(self) -> None:
        """Takes in, or refuses, those whose preparations have ended."""
        for task in [t for t in self.opening if t.done()]:
            address = self.opening.pop(task)
            why = task.result()
            if address not in self.threads:
                continue
            if why:
                self.dismiss(address, why)
            else:
                self.idle[address] = self.threads[address]

    def dismiss(self, address: str, why: str) -> None:
        """It gets no work any more."""
        self.idle.pop(address, None)
        self.refused[address] = why
        self.tell(f"worker {address} is refused: {why}")

    async def leave(self) -> None:
        """Tells the workers that the run has ended; whom that does not reach ends by itself."""
        for task in (*self.opening, self.renewing):
            if task is not None:
                task.cancel()
        if self.client.status != "running":
            return
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LEAVE_S):
                await self._ask(station.leave_station, [*self.idle, *self.refused, *self.opening.values()])

    def _renew(self) -> None:
        """Beside all else: a worker that hangs answers nothing, and the others go on."""
        if time.monotonic() > self.renewed + RENEW_S and (self.renewing is None or self.renewing.done()):
            self.renewed = time.monotonic()
            self.renewing = asyncio.create_task(self._ask(station.renew_lease, list(self.idle)))

    async def _all(self) -> dict[str, int]:
        if self.client.status == "running":
            with contextlib.suppress(OSError, TimeoutError):
                async with asyncio.timeout(ANSWER_S):
                    return dict(await self.client.nthreads())
        raise ClusterFault(
            f"the scheduler at {self.client._start_arg} is gone; start it again, then the same command"  # noqa: SLF001 - no other name for it
        )

    async def _admit(self, address: str) -> str:
        """Makes a worker ready; why it is refused, "" where it is not."""
        try:
            said = json.loads(await self._one(address, station.tell_terms))
            if why := self.ours.refusal(Terms.from_json(said["terms"]), self.tier):
                return why
            parcel = None if self.parcel.sha256 in said["courses"] else self.parcel.data
            return str(await self._one(address, station.open_station, self.run, self.parcel.sha256, parcel))
        except Exception as error:  # of any kind: what is installed there decides how it fails
            return f"{type(error).__name__}: {error}"

    async def _one(self, address: str, function: Callable[..., Any], *words: Any) -> Any:
        return (await self.client.run(function, *words, workers=[address]))[address]

    async def _ask(self, function: Callable[..., Any], addresses: list[str]) -> None:
        there = [a for a in addresses if a in self.threads]
        with contextlib.suppress(OSError):  # the scheduler's end is heard where the roll is called
            await self.client.run(function, self.run, workers=there, on_error="ignore")
